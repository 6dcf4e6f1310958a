import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../translation';
import { StepsList } from '../shared';
import { DecisionDialog, Verdict } from './DecisionDialog';
import { DecisionLine } from './DecisionLine';
import { Hints } from './Hints';
import { Panel } from '../shared/Panel';
import { useDecisionKeys } from './useDecisionKeys';

/** The steps of the approval, what was decided, and the viewer's own decision. */
export const ApprovalPanel = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const t = useText();
  const pending = lease.status === 'pending';
  const meanwhile = useDecidedMeanwhile(lease);
  return (
    <Panel title={t('lease.steps')}>
      {meanwhile.decision && (
        <Box mb={2}>
          <Alert severity="info" role="alert">
            <AlertTitle>{t('lease.decidedElsewhere')}</AlertTitle>
            <DecisionLine decision={meanwhile.decision} />
          </Alert>
        </Box>
      )}
      {lease.approvalKind === 'emergency' ? (
        <Alert severity="warning">{t('lease.noApproval')}</Alert>
      ) : (
        <StepsList
          steps={lease.steps}
          order={lease.order}
          showCandidates={pending}
        />
      )}
      {lease.decisions.map(decision => (
        <Box key={decision.id} mt={1}>
          <DecisionLine decision={decision} />
        </Box>
      ))}
      {pending && (
        <YourDecision
          lease={lease}
          onDecided={() => {
            meanwhile.decidedHere();
            onChanged();
          }}
          onRefused={onChanged}
        />
      )}
    </Panel>
  );
};

function YourDecision(props: {
  lease: LeaseDetail;
  onDecided: () => void;
  onRefused: () => void;
}) {
  const { lease, onDecided, onRefused } = props;
  const { allowed, reasons } = lease.actions.decide;
  const { approve } = lease.actions;
  const t = useText();
  // What is on the page at this moment is what the decision is about.
  const [asked, setAsked] = useState<{
    verdict: Verdict;
    shown: LeaseDetail;
  }>();
  useDecisionKeys(allowed && !asked, verdict => {
    if (verdict === 'reject' || approve.allowed) {
      setAsked({ verdict, shown: lease });
    }
  });
  return (
    <Box mt={2}>
      {allowed ? (
        <>
          <Hints hints={lease.hints} />
          {!approve.allowed && (
            <Box mb={2}>
              <Alert severity="warning">
                {approve.reasons.map(({ message }) => message).join(' ')}
              </Alert>
            </Box>
          )}
          <Box display="flex" flexWrap="wrap" gridGap={8}>
            <Button
              variant="contained"
              color="primary"
              aria-keyshortcuts="a"
              disabled={!approve.allowed}
              onClick={() => setAsked({ verdict: 'approve', shown: lease })}
            >
              {t('lease.approve')}
            </Button>
            <Button
              variant="outlined"
              aria-keyshortcuts="r"
              onClick={() => setAsked({ verdict: 'reject', shown: lease })}
            >
              {t('lease.reject')}
            </Button>
          </Box>
          <Typography variant="caption">
            {t(approve.allowed ? 'lease.keys' : 'lease.keyReject')}
          </Typography>
        </>
      ) : (
        <>
          <Typography variant="body2">{t('lease.cannotDecide')}</Typography>
          {reasons.map(reason => (
            <Typography key={reason.code} variant="body2">
              {reason.message}
            </Typography>
          ))}
        </>
      )}
      {asked && (
        <DecisionDialog
          verdict={asked.verdict}
          lease={asked.shown}
          onClose={() => setAsked(undefined)}
          onDecided={onDecided}
          onRefused={onRefused}
        />
      )}
    </Box>
  );
}

/** The decision that somebody else made while the viewer was reading the request, if so. */
function useDecidedMeanwhile(lease: LeaseDetail) {
  const sawPending = useRef(false);
  const here = useRef(false);
  useEffect(() => {
    if (lease.status === 'pending') {
      sawPending.current = true;
    }
  }, [lease.status]);
  const decided = ['active', 'scheduled', 'rejected'].includes(lease.status);
  const latest = lease.decisions[lease.decisions.length - 1];
  return {
    decision:
      decided && sawPending.current && !here.current ? latest : undefined,
    decidedHere: () => {
      here.current = true;
    },
  };
}
