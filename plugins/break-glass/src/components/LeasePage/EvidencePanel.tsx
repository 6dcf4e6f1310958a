import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { TimelineFilter, useTimeline } from '../../hooks/useTimeline';
import { useText } from '../../translation';
import { ReviewPanel } from '../ReviewForm';
import { CompletenessState, TimelineView } from '../Timeline';
import { Panel } from '../shared/Panel';

/** The timeline of a lease, how complete it is, and under it the review. */
export const EvidencePanel = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const t = useText();
  const [filter, setFilter] = useState<TimelineFilter>({});
  const timeline = useTimeline(lease.id, filter);
  const { first } = timeline;
  const refetch = () => {
    timeline.refetch();
    onChanged();
  };
  return (
    <>
      <Panel title={t('timeline.title')}>
        {first && (
          <CompletenessState
            leaseId={lease.id}
            completeness={first.completeness}
            onLooked={refetch}
          />
        )}
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
      <ReviewPanel
        lease={lease}
        evidence={
          first && {
            hash: first.evidenceHash,
            complete: first.completeness.state === 'complete',
          }
        }
        onChanged={refetch}
      />
    </>
  );
};
