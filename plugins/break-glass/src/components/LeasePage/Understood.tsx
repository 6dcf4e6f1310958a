import {
  LeaseDetail,
  Understanding,
} from 'backstage-plugin-break-glass-common';
import { memo } from 'react';
import { useText } from '../../translation';
import { ErrorState, Panel, Shape } from '../shared';
import { ResiduePanel, UnderstandingPanel } from '../Understanding';

/** What was done under a lease and what is left of it; not drawn again with every page of the timeline that arrives. */
export const Understood = memo(
  (props: {
    lease: LeaseDetail;
    data?: Understanding;
    error?: unknown;
    onRetry: () => void;
    onSensitive: () => void;
    onChanged: () => void;
  }) => {
    const { lease, data, error, onRetry, onSensitive, onChanged } = props;
    const t = useText();
    if (!data) {
      return (
        <Panel title={t('understanding.title')}>
          {error === undefined ? (
            <Shape heights={[48, 120]} />
          ) : (
            <ErrorState error={error} onRetry={onRetry} />
          )}
        </Panel>
      );
    }
    return (
      <>
        {error !== undefined && <ErrorState error={error} onRetry={onRetry} />}
        <UnderstandingPanel
          understanding={data}
          reason={lease.reason}
          onSensitive={onSensitive}
        />
        {showsResidue(lease, data) && (
          <ResiduePanel
            leaseId={lease.id}
            residue={data.residue}
            canSettle={lease.actions.review.allowed}
            onChanged={onChanged}
          />
        )}
      </>
    );
  },
);

/** While nothing was left behind, that is only worth saying once the lease is over. */
function showsResidue(lease: LeaseDetail, { residue }: Understanding): boolean {
  return residue.length > 0 || lease.status !== 'active';
}
