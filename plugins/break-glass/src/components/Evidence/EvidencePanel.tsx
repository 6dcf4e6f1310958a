import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Completeness } from 'backstage-plugin-break-glass-common';
import { memo } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ErrorState, Panel } from '../shared';
import { Coverage } from './Coverage';
import { FrozenEvidence } from './FrozenEvidence';

const SEVERITY = {
  complete: 'success',
  collecting: 'info',
  'logs-missing': 'warning',
} as const;

/** How far the logs are and what they cover; after a verdict, what was frozen and whether it still stands. */
export const EvidencePanel = memo(
  (props: {
    leaseId: string;
    completeness: Completeness;
    evidenceHash: string;
    onLooked: () => void;
  }) => {
    const { leaseId, completeness, evidenceHash, onLooked } = props;
    const { state, words, frozenAt } = completeness;
    const t = useText();
    return (
      <Panel title={t('evidence.title')}>
        <Alert severity={SEVERITY[state]}>
          <AlertTitle>{t(`evidence.${state}`)}</AlertTitle>
          <Typography variant="body2">{words}</Typography>
          <MissingSessions completeness={completeness} />
        </Alert>
        <Box mt={2}>
          <Coverage completeness={completeness} />
        </Box>
        {frozenAt ? (
          <FrozenEvidence
            leaseId={leaseId}
            frozenAt={frozenAt}
            hash={evidenceHash}
          />
        ) : (
          <LookAgain leaseId={leaseId} onLooked={onLooked} />
        )}
      </Panel>
    );
  },
);

function MissingSessions(props: { completeness: Completeness }) {
  const { sessionsMissing, state } = props.completeness;
  const t = useText();
  const count = sessionsMissing.length;
  return count > 0 ? (
    <Typography variant="body2" title={sessionsMissing.join('\n')}>
      {state === 'collecting'
        ? t('evidence.sessionsAwaited', { count })
        : t('evidence.sessionsMissing', { count })}
    </Typography>
  ) : null;
}

function LookAgain(props: { leaseId: string; onLooked: () => void }) {
  const { leaseId, onLooked } = props;
  const t = useText();
  const look = useBreakGlassAction('collectActivity');
  return (
    <>
      <Button
        variant="outlined"
        size="small"
        disabled={look.busy}
        onClick={async () => {
          await look.run({ params: { id: leaseId } });
          onLooked();
        }}
      >
        {look.busy ? t('evidence.looking') : t('evidence.look')}
      </Button>
      {look.error !== undefined && <ErrorState error={look.error} />}
    </>
  );
}
