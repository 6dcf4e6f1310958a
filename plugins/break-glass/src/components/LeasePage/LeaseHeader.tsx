import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import {
  ApprovalKindChip,
  Countdown,
  Instant,
  LeaseStateChip,
  PersonName,
  ReviewStateChip,
} from '../shared';

/** Which lease this is, its state, and the time that counts in it. */
export const LeaseHeader = (props: {
  lease: LeaseDetail;
  onOver: () => void;
}) => {
  const { lease, onOver } = props;
  const t = useText();
  return (
    <Box mb={3}>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
        <Typography variant="h4" component="h1" style={{ margin: 0 }}>
          {t('lease.title', {
            role: lease.role.title,
            account: lease.account.title,
          })}
        </Typography>
        <LeaseStateChip status={lease.status} />
        <ApprovalKindChip kind={lease.approvalKind} />
        {lease.review.state !== 'none' && (
          <ReviewStateChip state={lease.review.state} />
        )}
      </Box>
      <Typography variant="body1">
        {t('lease.by')}{' '}
        <PersonName
          by={lease.requester.ref}
          displayName={lease.requester.displayName}
        />
        {lease.beneficiary && (
          <>
            {' '}
            {t('lease.onBehalfOf')}{' '}
            <PersonName
              by={lease.beneficiary.ref}
              displayName={lease.beneficiary.displayName}
            />
          </>
        )}
        {' · '}
        <Instant at={lease.requestedAt} />
        {lease.status === 'scheduled' && lease.activeFrom && (
          <>
            {' · '}
            {t('role.starts')}{' '}
            <strong>
              <Instant at={lease.activeFrom} withClock />
            </strong>
          </>
        )}
        {lease.status === 'active' && lease.expiresAt && (
          <>
            {' · '}
            {t('common.timeLeft')}{' '}
            <strong>
              <Countdown until={lease.expiresAt} onOver={onOver} />
            </strong>
          </>
        )}
      </Typography>
      <Notices lease={lease} />
    </Box>
  );
};

function Notices(props: { lease: LeaseDetail }) {
  const { lease } = props;
  const t = useText();
  return (
    <>
      {lease.issuingStopped && (
        <Box mt={1}>
          <Alert severity="warning">
            {t('role.issuingStopped', { reason: lease.issuingStopped })}
          </Alert>
        </Box>
      )}
      {lease.kill !== 'none' && (
        <Box mt={1}>
          <Alert severity={lease.kill === 'probed' ? 'success' : 'info'}>
            {t(`states.kill.${lease.kill}`)}
          </Alert>
        </Box>
      )}
    </>
  );
}
