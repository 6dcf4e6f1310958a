import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { SessionSummary } from 'backstage-plugin-break-glass-common';
import { useCallback, useMemo, useState } from 'react';
import { Virtuoso } from 'react-virtuoso';
import { TimelineFilter, TimelineQuery } from '../../hooks/useTimeline';
import { useText } from '../../translation';
import { ErrorState, Nothing, Shape } from '../shared';
import { ActivityChart } from './ActivityChart';
import { TimelineFilters } from './TimelineFilters';
import { TimelineRowView } from './TimelineRowView';
import {
  eventsOf,
  TimelineRow,
  timelineRows,
  TimeWindow,
} from './timelineRows';

/** Up to this many lines are put on the page as they are; more are virtualised. */
const PLAIN_ROWS = 60;
const LIST_HEIGHT = 600;

/** What was done under a lease: activity over time, filters, and every event by session. */
export const TimelineView = (props: {
  leaseId: string;
  sessions: SessionSummary[];
  timeline: TimelineQuery;
  filter: TimelineFilter;
  onFilter: (filter: TimelineFilter) => void;
}) => {
  const { leaseId, sessions, timeline, filter, onFilter } = props;
  const t = useText();
  const [window, setWindow] = useState<TimeWindow>();
  const { items, first, error } = timeline;
  const events = useMemo(() => eventsOf(items ?? []), [items]);
  const rows = useMemo(
    () => timelineRows(items ?? [], sessions, window),
    [items, sessions, window],
  );
  if (!items || !first) {
    return error === undefined ? (
      <Shape heights={[110, 32, 240]} />
    ) : (
      <ErrorState error={error} onRetry={timeline.refetch} />
    );
  }
  return (
    <>
      <ActivityChart events={events} window={window} onWindow={setWindow} />
      {first.counts.total > 0 && (
        <TimelineFilters
          counts={first.counts}
          filter={filter}
          onChange={next => {
            setWindow(undefined);
            onFilter(next);
          }}
        />
      )}
      {error !== undefined && (
        <ErrorState error={error} onRetry={timeline.refetch} />
      )}
      <Rows leaseId={leaseId} rows={rows} onEnd={timeline.loadNext} />
      {events.length === 0 && (
        <Box mt={2}>
          <NoEvents
            total={first.counts.total}
            final={first.completeness.state === 'complete'}
            onClear={() => {
              setWindow(undefined);
              onFilter({});
            }}
          />
        </Box>
      )}
      {timeline.hasMore && (
        <Box mt={1}>
          <Typography variant="body2" component="span">
            {t('timeline.loaded', {
              loaded: String(events.length),
              total: String(first.counts.total),
            })}
          </Typography>{' '}
          <Button size="small" onClick={timeline.loadAll}>
            {t('timeline.loadAll')}
          </Button>
        </Box>
      )}
    </>
  );
};

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

function Rows(props: {
  leaseId: string;
  rows: TimelineRow[];
  onEnd: () => void;
}) {
  const { leaseId, rows, onEnd } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) =>
      setOpen(old => {
        const next = new Set(old);
        if (!next.delete(key)) {
          next.add(key);
        }
        return next;
      }),
    [],
  );
  const show = (row: TimelineRow) => (
    <TimelineRowView
      key={row.key}
      row={row}
      leaseId={leaseId}
      open={open.has(row.key)}
      onToggle={toggle}
    />
  );
  if (rows.length <= PLAIN_ROWS) {
    return <>{rows.map(show)}</>;
  }
  return (
    <Virtuoso
      style={{ height: LIST_HEIGHT }}
      data={rows}
      computeItemKey={(_, row) => row.key}
      itemContent={(_, row) => show(row)}
      endReached={onEnd}
    />
  );
}
