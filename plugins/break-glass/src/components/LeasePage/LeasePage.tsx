import Grid from '@material-ui/core/Grid';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useParams } from 'react-router-dom';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { ErrorState, Shape } from '../shared';
import { UnbrokeredNotice } from '../Unbrokered';
import { ApprovalPanel } from './ApprovalPanel';
import { ControlsPanel } from './ControlsPanel';
import { ExtensionPanel } from './ExtensionPanel';
import { ReviewOfLease } from './ReviewOfLease';
import { LeaseFacts } from './LeaseFacts';
import { LeaseHeader } from './LeaseHeader';

/** One lease, with the parts that fit its state and what the viewer may do. */
export const LeasePage = () => {
  const { id = '' } = useParams();
  const { data, error, loading, refetch } = useBreakGlassQuery('getLease', {
    params: { id },
  });
  if (data) {
    return (
      <div data-testid="break-glass-lease">
        {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
        <LeaseBody lease={data} onChanged={refetch} />
      </div>
    );
  }
  if (loading) {
    return <Shape heights={[56, 160, 240]} />;
  }
  return <ErrorState error={error} onRetry={refetch} />;
};

function LeaseBody(props: { lease: LeaseDetail; onChanged: () => void }) {
  const { lease, onChanged } = props;
  return (
    <>
      <LeaseHeader lease={lease} onOver={onChanged} />
      {hasEvidence(lease) && <UnbrokeredNotice leaseId={lease.id} />}
      <ControlsPanel lease={lease} onChanged={onChanged} />
      <ExtensionPanel lease={lease} onChanged={onChanged} />
      <Grid container spacing={3}>
        <Grid item xs={12} md={4}>
          <LeaseFacts lease={lease} />
        </Grid>
        <Grid item xs={12} md={8}>
          <ApprovalPanel lease={lease} onChanged={onChanged} />
          {hasEvidence(lease) && (
            <ReviewOfLease lease={lease} onChanged={onChanged} />
          )}
        </Grid>
      </Grid>
    </>
  );
}

/** A lease that was never active has nothing to show. */
function hasEvidence(lease: LeaseDetail): boolean {
  return (
    lease.review.state !== 'none' ||
    ['active', 'expired', 'ended', 'revoked'].includes(lease.status)
  );
}
