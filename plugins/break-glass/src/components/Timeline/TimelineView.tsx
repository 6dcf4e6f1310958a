import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { SessionSummary } from 'backstage-plugin-break-glass-common';
import { useCallback, useMemo } from 'react';
import { TimelineFilter, TimelineQuery } from '../../hooks/useTimeline';
import { useText } from '../../translation';
import { ErrorState, Nothing, Shape } from '../shared';
import { ActivityZoom } from './ActivityZoom';
import { LoadedRows } from './LoadedRows';
import { TimelineFilters } from './TimelineFilters';
import { TimelineRowView } from './TimelineRowView';
import { TimelineLines, TimelineRow, TimelineRows } from './timelineRows';
import { VirtualRows } from './VirtualRows';

/** What was done under a lease: activity over time, filters, and every event by session. */
export const TimelineView = (props: {
  leaseId: string;
  sessions: SessionSummary[];
  timeline: TimelineQuery;
  filter: TimelineFilter;
  onFilter: (filter: TimelineFilter) => void;
}) => {
  const { leaseId, sessions, timeline, filter, onFilter } = props;
  const { pages, first, error, loadMore } = timeline;
  const { rows, events } = useTimelineLines(pages, sessions);
  const narrow = useCallback(
    (part: TimelineFilter) => onFilter({ ...filter, ...part }),
    [filter, onFilter],
  );
  const zoom = useCallback(
    ({ from, to }: TimelineFilter) => narrow({ from, to }),
    [narrow],
  );
  if (!first) {
    return error === undefined ? (
      <Shape heights={[110, 32, 240]} />
    ) : (
      <ErrorState error={error} onRetry={timeline.refetch} />
    );
  }
  return (
    <>
      {first.counts.total > 0 && (
        <>
          <ActivityZoom leaseId={leaseId} filter={filter} onWindow={zoom} />
          <TimelineFilters
            counts={first.counts}
            sessions={sessions}
            filter={filter}
            onChange={narrow}
          />
        </>
      )}
      {error !== undefined && (
        <ErrorState error={error} onRetry={timeline.refetch} />
      )}
      <Rows leaseId={leaseId} rows={rows} onEnd={loadMore} />
      {events === 0 && !timeline.hasMore && (
        <Box mt={2}>
          <NoEvents
            total={first.counts.total}
            final={first.completeness.state === 'complete'}
            onClear={() => onFilter({})}
          />
        </Box>
      )}
      <LoadedRows
        loaded={events}
        total={isFiltered(filter) ? undefined : first.counts.total}
        list={timeline}
      />
    </>
  );
};

/** Lines of the pages; those of pages that were there before are kept. */
function useTimelineLines(
  pages: TimelineQuery['pages'],
  sessions: SessionSummary[],
): TimelineLines {
  const ids = sessions.map(({ id, state }) => `${id} ${state}`).join();
  const lines = useMemo(
    () => new TimelineRows(sessions),
    // Fetching the lease again makes new objects of the same sessions.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [ids],
  );
  return useMemo(() => lines.of(pages), [lines, pages]);
}

function Rows(props: {
  leaseId: string;
  rows: TimelineRow[];
  onEnd: () => void;
}) {
  const { leaseId, rows, onEnd } = props;
  return (
    <VirtualRows
      rows={rows}
      show={(row, open, onToggle) => (
        <TimelineRowView
          row={row}
          leaseId={leaseId}
          open={open}
          onToggle={onToggle}
        />
      )}
      onEnd={onEnd}
    />
  );
}

function isFiltered(filter: TimelineFilter): boolean {
  return Object.values(filter).some(value => value !== undefined);
}

function NoEvents(props: {
  total: number;
  /** All logs are there. */
  final: boolean;
  onClear: () => void;
}) {
  const t = useText();
  if (props.total === 0) {
    return props.final ? (
      <Nothing title={t('timeline.empty')} hint={t('timeline.emptyHint')} />
    ) : (
      <Nothing
        title={t('timeline.emptyYet')}
        hint={t('timeline.emptyYetHint')}
      />
    );
  }
  return (
    <Nothing
      title={t('timeline.emptyFilter')}
      action={
        <Button onClick={props.onClear}>{t('timeline.clearFilter')}</Button>
      }
    />
  );
}
