import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { OpenLease } from 'backstage-plugin-break-glass-common';
import { leaseRouteRef } from '../../routes';
import { useText } from '../../translation';
import { LeaseControls } from '../LeaseControls';
import { Countdown, Instant, LeaseStateChip } from '../shared';

/** The caller's open lease on a role: where it stands, and what to do with it. */
export const OpenLeaseState = (props: {
  open: OpenLease;
  account: { ref: string; title: string };
  blocked?: boolean;
  onChanged: () => void;
}) => {
  const { open, account, blocked, onChanged } = props;
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  return (
    <>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
        <LeaseStateChip status={open.status} />
        <Typography variant="body2">
          {open.profileTitle} {' · '}
          <StateLine open={open} onOver={onChanged} />
        </Typography>
      </Box>
      {open.issuingStopped && (
        <Box mt={1}>
          <Alert severity="warning">
            {t('role.issuingStopped', { reason: open.issuingStopped })}
          </Alert>
        </Box>
      )}
      <Box
        mt={1}
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={8}
      >
        <LeaseControls
          lease={{ id: open.id, status: open.status, account }}
          canIssue={!blocked && !open.issuingStopped}
          onChanged={onChanged}
        />
        <Link to={leaseRoute({ id: open.id })}>{t('role.viewLease')}</Link>
      </Box>
    </>
  );
};

function StateLine(props: { open: OpenLease; onOver: () => void }) {
  const { open, onOver } = props;
  const t = useText();
  if (open.status === 'active' && open.expiresAt) {
    return (
      <>
        {t('common.timeLeft')}{' '}
        <strong>
          <Countdown until={open.expiresAt} onOver={onOver} />
        </strong>
      </>
    );
  }
  if (open.status === 'scheduled' && open.activeFrom) {
    return (
      <>
        {t('role.starts')} <Instant at={open.activeFrom} />
      </>
    );
  }
  return (
    <>
      {t('role.waiting', { count: open.approvalsMissing })}
      {' · '}
      {t('role.asked')} <Instant at={open.requestedAt} />
    </>
  );
}
