import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  errorCodeOf,
  LeaseDetail,
  Timeline,
  Understanding,
} from 'backstage-plugin-break-glass-common';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { TimelineFilter, useTimeline } from '../../hooks/useTimeline';
import { useText } from '../../translation';
import { EvidencePanel } from '../Evidence';
import { ReviewPanel, ShownEvidence } from '../ReviewForm';
import { Panel } from '../shared';
import { TimelineView } from '../Timeline';
import { openResidue } from '../Understanding';
import { Understood } from './Understood';

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
  const { first, refetch: refetchTimeline } = timeline;
  const { refetch: refetchUnderstood } = understood;
  const refetch = useCallback(() => {
    refetchTimeline();
    refetchUnderstood();
    onChanged();
  }, [refetchTimeline, refetchUnderstood, onChanged]);
  const showSensitive = useCallback(() => {
    setFilter({ only: 'sensitive' });
    timelineRef.current?.scrollIntoView?.({ block: 'start' });
  }, []);
  const evidence = useShownEvidence(lease, first, understood.data);
  // The lease is there: what was done under it is not for everybody who may read that.
  if (errorCodeOf(understood.error) === 'lease-unknown') {
    return (
      <Panel title={t('understanding.title')}>
        <Typography variant="body2">{t('understanding.notYours')}</Typography>
      </Panel>
    );
  }
  return (
    <>
      <Understood
        lease={lease}
        data={understood.data}
        error={understood.error}
        onRetry={refetchUnderstood}
        onSensitive={showSensitive}
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
      <ReviewPanel lease={lease} evidence={evidence} onChanged={refetch} />
    </>
  );
};

/** What a verdict is about: the evidence on the page, and what stands against accepting it. */
function useShownEvidence(
  lease: LeaseDetail,
  first: Timeline | undefined,
  understanding: Understanding | undefined,
): ShownEvidence | undefined {
  const hash = first?.evidenceHash;
  const complete = first?.completeness.state === 'complete';
  const residueOpen = openResidue(lease, understanding);
  return useMemo(
    () => (hash === undefined ? undefined : { hash, complete, residueOpen }),
    [hash, complete, residueOpen],
  );
}
