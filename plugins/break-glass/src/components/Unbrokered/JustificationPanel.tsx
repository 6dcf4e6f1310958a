import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import {
  ErrorState,
  ExplainedButton,
  Instant,
  LongTextField,
  Panel,
  PeopleText,
  PersonName,
  reasonOf,
} from '../shared';

const MAX_TICKET = 64;

/** The explanation of a use, and the form for it. */
export const JustificationPanel = (props: {
  use: UnbrokeredDetail;
  onChanged: () => void;
}) => {
  const { use, onChanged } = props;
  const { justification, state, actions } = use;
  const t = useText();
  return (
    <Panel title={t('unbrokered.justification')}>
      {justification ? (
        <>
          <Typography variant="body2">
            <PersonName
              by={justification.by.ref}
              displayName={justification.by.displayName}
            />{' '}
            · <Instant at={justification.at} />
            {justification.ticket && ` · ${justification.ticket}`}
          </Typography>
          <PeopleText text={justification.text} />
        </>
      ) : (
        <Typography variant="body2">{t('unbrokered.notJustified')}</Typography>
      )}
      {(actions.justify.allowed || state === 'open') && (
        <JustificationForm use={use} onChanged={onChanged} />
      )}
    </Panel>
  );
};

function JustificationForm(props: {
  use: UnbrokeredDetail;
  onChanged: () => void;
}) {
  const { use, onChanged } = props;
  const { justify } = use.actions;
  const t = useText();
  const id = useId();
  const [text, setText] = useState('');
  const [ticket, setTicket] = useState('');
  const action = useBreakGlassAction('justifyUnbrokered');
  const send = async () => {
    const done = await action.run({
      params: { id: use.id },
      body: { text: text.trim(), ticket: ticket.trim() || undefined },
    });
    if (done) {
      setText('');
      setTicket('');
    }
    onChanged();
  };
  return (
    <Box mt={1}>
      {justify.allowed && (
        <>
          <LongTextField
            label={t('unbrokered.justifyText')}
            helperText={t('unbrokered.justifyHelp')}
            required
            value={text}
            onChange={setText}
          />
          <TextField
            id={`${id}-ticket`}
            label={t('unbrokered.ticket')}
            margin="dense"
            variant="outlined"
            inputProps={{ maxLength: MAX_TICKET }}
            value={ticket}
            onChange={event => setTicket(event.target.value)}
          />
        </>
      )}
      {action.error !== undefined && <ErrorState error={action.error} />}
      <Box mt={1}>
        <ExplainedButton
          variant="contained"
          color="primary"
          disabled={action.busy}
          reason={
            reasonOf(justify) ?? (!text.trim() && t('unbrokered.needText'))
          }
          onClick={send}
        >
          {t('unbrokered.justify')}
        </ExplainedButton>
      </Box>
    </Box>
  );
}
