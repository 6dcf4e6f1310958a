import {
  ActivityEvent,
  SessionSummary,
  TimelineEntry,
} from 'backstage-plugin-break-glass-common';

/** One line of the timeline as it is shown. */
export type TimelineRow =
  | {
      kind: 'milestone';
      key: string;
      entry: Extract<TimelineEntry, { kind: 'lease' | 'decision' }>;
    }
  | {
      kind: 'session';
      key: string;
      at: string;
      /** Absent for events that carry no session of ours. */
      session?: SessionSummary;
      count: number;
    }
  | { kind: 'event'; key: string; event: ActivityEvent };

/** A span of time in milliseconds, both ends included. */
export interface TimeWindow {
  from: number;
  to: number;
}

interface Group {
  at: string;
  session?: SessionSummary;
  events: ActivityEvent[];
}

/**
 * Puts entries into lines: what happened to the lease by time, and between it
 * each session with its own events below it, in their order.
 *
 * @param sessions - all sessions of the lease, for those that a filter leaves out
 * @param window - where given, only events in it
 */
export function timelineRows(
  entries: TimelineEntry[],
  sessions: SessionSummary[],
  window?: TimeWindow,
): TimelineRow[] {
  const groups = groupBySession(entries, sessions, window);
  const blocks: { at: number; rows: TimelineRow[] }[] = [];
  entries.forEach((entry, index) => {
    if (entry.kind === 'lease' || entry.kind === 'decision') {
      const key = `${entry.kind} ${entry.at} ${index}`;
      blocks.push({
        at: Date.parse(entry.at),
        rows: [{ kind: 'milestone', key, entry }],
      });
    }
  });
  for (const [id, group] of groups) {
    blocks.push({ at: Date.parse(group.at), rows: rowsOf(id, group) });
  }
  return blocks.sort((a, b) => a.at - b.at).flatMap(block => block.rows);
}

/** Events among `entries`, in their order. */
export function eventsOf(entries: TimelineEntry[]): ActivityEvent[] {
  return entries.flatMap(entry => (entry.kind === 'event' ? entry.event : []));
}

function groupBySession(
  entries: TimelineEntry[],
  sessions: SessionSummary[],
  window: TimeWindow | undefined,
): Map<string, Group> {
  const known = new Map(sessions.map(session => [session.id, session]));
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    if (entry.kind === 'session') {
      const { session } = entry;
      const group = groups.get(session.id);
      groups.set(session.id, {
        at: entry.at,
        session,
        events: group?.events ?? [],
      });
    } else if (entry.kind === 'event' && isIn(entry.event, window)) {
      const id = entry.event.sessionId ?? '';
      const group = groups.get(id) ?? {
        at: entry.at,
        session: known.get(id),
        events: [],
      };
      group.events.push(entry.event);
      groups.set(id, group);
    }
  }
  return groups;
}

function rowsOf(id: string, group: Group): TimelineRow[] {
  return [
    {
      kind: 'session',
      key: `session ${id}`,
      at: group.at,
      session: group.session,
      count: group.events.length,
    },
    ...group.events.map(event => ({
      kind: 'event' as const,
      key: `event ${event.id}`,
      event,
    })),
  ];
}

function isIn(event: ActivityEvent, window: TimeWindow | undefined): boolean {
  const at = Date.parse(event.at);
  return !window || (at >= window.from && at <= window.to);
}
