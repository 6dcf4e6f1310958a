import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { Panic } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useText } from '../../translation';
import {
  CommentDialog,
  ExplainedButton,
  ForeignText,
  Instant,
  PersonName,
  reasonOf,
  RowBox,
} from '../shared';

/** One stop: of what, why, by whom, and the next step of lifting it. */
export const PanicRow = (props: {
  panic: Panic;
  responder: boolean;
  onChanged: () => void;
}) => {
  const { panic, responder, onChanged } = props;
  const t = useText();
  const [lifting, setLifting] = useState(false);
  const asked = panic.state === 'lift-asked';
  return (
    <RowBox
      side={
        <>
          <Chip
            size="small"
            label={t(`panic.state.${panic.state}`)}
            color={panic.state === 'lifted' ? 'default' : 'secondary'}
          />
          {responder && panic.state !== 'lifted' && (
            <ExplainedButton
              size="small"
              variant="outlined"
              reason={reasonOf(panic.lift)}
              onClick={() => setLifting(true)}
            >
              {asked ? t('panic.confirmLift') : t('panic.askLift')}
            </ExplainedButton>
          )}
        </>
      }
    >
      <Typography variant="subtitle1" component="h3">
        {t(`panic.what.${panic.kind}`, { title: panic.title })}
      </Typography>
      <Typography variant="body2" gutterBottom>
        <ForeignText text={panic.reason} />
      </Typography>
      <Typography variant="body2">
        {t('panic.by')} <Who person={panic.raisedBy} />{' '}
        <Instant at={panic.raisedAt} withClock />
        {panic.openLeases > 0 &&
          ` · ${t('panic.openLeases', { count: panic.openLeases })}`}
      </Typography>
      {panic.liftAskedBy && panic.liftAskedAt && (
        <Box mt={0.5}>
          <Typography variant="body2">
            {t('panic.liftAskedBy')} <Who person={panic.liftAskedBy} />{' '}
            <Instant at={panic.liftAskedAt} withClock />:{' '}
            <ForeignText text={panic.liftReason ?? ''} />
            {panic.liftedBy && panic.liftedAt && (
              <>
                {' · '}
                {t('panic.liftedBy')} <Who person={panic.liftedBy} />{' '}
                <Instant at={panic.liftedAt} withClock />
              </>
            )}
          </Typography>
        </Box>
      )}
      {lifting && (
        <CommentDialog
          route="liftPanic"
          title={asked ? t('panic.confirmLiftTitle') : t('panic.askLiftTitle')}
          text={asked ? t('panic.confirmLiftText') : t('panic.askLiftText')}
          help={t('panic.liftHelp')}
          confirm={asked ? t('panic.confirmLift') : t('panic.askLift')}
          inputOf={reason => ({ params: { id: panic.id }, body: { reason } })}
          onClose={() => setLifting(false)}
          onChanged={onChanged}
        />
      )}
    </RowBox>
  );
};

function Who({ person }: { person: Panic['raisedBy'] }) {
  return <PersonName by={person.ref} displayName={person.displayName} />;
}
