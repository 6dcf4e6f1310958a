import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import {
  LeaseDetail,
  Understanding,
} from 'backstage-plugin-break-glass-common';
import { useRef, useState } from 'react';
import {
  BreakGlassQuery,
  useBreakGlassQuery,
} from '../../hooks/useBreakGlassQuery';
import { TimelineFilter, useTimeline } from '../../hooks/useTimeline';
import { useText } from '../../translation';
import { EvidencePanel } from '../Evidence';
import { ReviewPanel } from '../ReviewForm';
import { ErrorState, Panel, Shape } from '../shared';
import { TimelineView } from '../Timeline';
import {
  openResidue,
  ResiduePanel,
  UnderstandingPanel,
} from '../Understanding';

/** What was done under a lease and what is left of it, how complete that is, and under it the review. */
export const ReviewOfLease = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const t = useText();
  const [filter, setFilter] = useState<TimelineFilter>({});
  const timeline = useTimeline(lease.id, filter);
  const understood = useBreakGlassQuery('getUnderstanding', {
    params: { id: lease.id },
  });
  const timelineRef = useRef<HTMLDivElement>(null);
  const { first } = timeline;
  const refetch = () => {
    timeline.refetch();
    understood.refetch();
    onChanged();
  };
  return (
    <>
      <Understood
        lease={lease}
        understood={understood}
        onSensitive={() => {
          setFilter({ only: 'sensitive' });
          timelineRef.current?.scrollIntoView?.({ block: 'start' });
        }}
        onChanged={refetch}
      />
      <div ref={timelineRef}>
        <Panel title={t('timeline.title')}>
          {timeline.changed && lease.actions.review.allowed && (
            <Box mb={2}>
              <Alert severity="info">{t('timeline.changed')}</Alert>
            </Box>
          )}
          <TimelineView
            leaseId={lease.id}
            sessions={lease.sessions}
            timeline={timeline}
            filter={filter}
            onFilter={setFilter}
          />
        </Panel>
      </div>
      {first && (
        <EvidencePanel
          leaseId={lease.id}
          completeness={first.completeness}
          evidenceHash={first.evidenceHash}
          onLooked={refetch}
        />
      )}
      <ReviewPanel
        lease={lease}
        evidence={
          first && {
            hash: first.evidenceHash,
            complete: first.completeness.state === 'complete',
            residueOpen: openResidue(lease, understood.data),
          }
        }
        onChanged={refetch}
      />
    </>
  );
};

function Understood(props: {
  lease: LeaseDetail;
  understood: BreakGlassQuery<'getUnderstanding'>;
  onSensitive: () => void;
  onChanged: () => void;
}) {
  const { lease, understood, onSensitive, onChanged } = props;
  const t = useText();
  const { data, error, refetch } = understood;
  if (!data) {
    return (
      <Panel title={t('understanding.title')}>
        {error === undefined ? (
          <Shape heights={[48, 120]} />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )}
      </Panel>
    );
  }
  return (
    <>
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
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
}

/** While nothing was left behind, that is only worth saying once the lease is over. */
function showsResidue(lease: LeaseDetail, { residue }: Understanding): boolean {
  return residue.length > 0 || lease.status !== 'active';
}
