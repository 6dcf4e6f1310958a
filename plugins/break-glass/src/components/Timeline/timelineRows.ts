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
      /** Events of it on this page. */
      count: number;
      /** An earlier page showed events of it already. */
      continued: boolean;
    }
  | { kind: 'event'; key: string; event: ActivityEvent };

interface Group {
  at: string;
  session?: SessionSummary;
  events: ActivityEvent[];
}

/** The lines of some pages, and how many of them are events. */
export interface TimelineLines {
  rows: TimelineRow[];
  events: number;
}

interface PageLines extends TimelineLines {
  sessions: string[];
}

/**
 * Puts pages of entries into lines. Each page keeps its lines when another one
 * follows, so that nothing moves under the reader and no page is looked at twice.
 */
export class TimelineRows {
  private readonly done = new WeakMap<TimelineEntry[], PageLines>();
  private readonly known: Map<string, SessionSummary>;

  /** @param sessions - all sessions of the lease, for those that a filter leaves out */
  constructor(sessions: SessionSummary[]) {
    this.known = new Map(sessions.map(session => [session.id, session]));
  }

  /** Lines of these pages, which follow each other. */
  of(pages: TimelineEntry[][]): TimelineLines {
    const seen = new Set<string>();
    const all = pages.map((page, index) => {
      const lines = this.done.get(page) ?? this.linesOf(page, index, seen);
      this.done.set(page, lines);
      lines.sessions.forEach(id => seen.add(id));
      return lines;
    });
    return {
      rows: all.flatMap(({ rows }) => rows),
      events: all.reduce((sum, { events }) => sum + events, 0),
    };
  }

  /**
   * What happened to the lease by time, and between it each session with its
   * own events below it, in their order.
   */
  private linesOf(
    page: TimelineEntry[],
    index: number,
    seen: ReadonlySet<string>,
  ): PageLines {
    const blocks: { at: number; rows: TimelineRow[] }[] = [];
    page.forEach((entry, position) => {
      if (entry.kind === 'lease' || entry.kind === 'decision') {
        const key = `${entry.kind} ${entry.at} ${index} ${position}`;
        blocks.push({
          at: Date.parse(entry.at),
          rows: [{ kind: 'milestone', key, entry }],
        });
      }
    });
    const groups = groupBySession(page, this.known);
    for (const [id, group] of groups) {
      blocks.push({
        at: Date.parse(group.at),
        rows: rowsOf(`${index} ${id}`, group, seen.has(id)),
      });
    }
    const rows = blocks.sort((a, b) => a.at - b.at).flatMap(b => b.rows);
    const events = rows.filter(({ kind }) => kind === 'event').length;
    return { rows, events, sessions: [...groups.keys()] };
  }
}

function groupBySession(
  entries: TimelineEntry[],
  known: Map<string, SessionSummary>,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    if (entry.kind === 'session') {
      const { session } = entry;
      const events = groups.get(session.id)?.events ?? [];
      groups.set(session.id, { at: entry.at, session, events });
    } else if (entry.kind === 'event') {
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

function rowsOf(id: string, group: Group, continued: boolean): TimelineRow[] {
  const { at, session, events } = group;
  return [
    {
      kind: 'session',
      key: `session ${id}`,
      at,
      session,
      count: events.length,
      continued,
    },
    ...events.map(event => ({
      kind: 'event' as const,
      key: `event ${event.id}`,
      event,
    })),
  ];
}
