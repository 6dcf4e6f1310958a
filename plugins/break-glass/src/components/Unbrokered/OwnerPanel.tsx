import Typography from '@material-ui/core/Typography';
import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { PersonDialog } from '../RequestDialog';
import {
  ExplainedButton,
  Instant,
  Panel,
  PersonName,
  reasonOf,
} from '../shared';

/** Who has to explain the use, until when, and a way to name somebody. */
export const OwnerPanel = (props: {
  use: UnbrokeredDetail;
  onChanged: () => void;
}) => {
  const { use, onChanged } = props;
  const t = useText();
  const action = useBreakGlassAction('assignUnbrokered');
  const [asking, setAsking] = useState(false);
  return (
    <Panel title={t('unbrokered.owner')}>
      <Typography variant="body2" gutterBottom>
        {use.owner ? (
          <PersonName by={use.owner.ref} displayName={use.owner.displayName} />
        ) : (
          t('unbrokered.noOwner')
        )}
        {' · '}
        {t('unbrokered.due')} <Instant at={use.dueAt} withClock />
      </Typography>
      <ExplainedButton
        size="small"
        variant="outlined"
        reason={reasonOf(use.actions.assign)}
        onClick={() => {
          action.reset();
          setAsking(true);
        }}
      >
        {t('unbrokered.assign')}
      </ExplainedButton>
      {asking && (
        <PersonDialog
          title={t('unbrokered.assignTitle')}
          text={t('unbrokered.assignText')}
          label={t('unbrokered.assignPerson')}
          confirm={t('unbrokered.assignConfirm')}
          busy={action.busy}
          error={action.error}
          onClose={() => setAsking(false)}
          onChosen={async person => {
            const done = await action.run({
              params: { id: use.id },
              body: { owner: person.ref },
            });
            onChanged();
            if (done) {
              setAsking(false);
            }
          }}
        />
      )}
    </Panel>
  );
};
