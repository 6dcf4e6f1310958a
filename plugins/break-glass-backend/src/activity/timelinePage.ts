import { TimelineEntry } from 'backstage-plugin-break-glass-common';
import { ListedEvent } from '../database/types';
import { inputError } from '../errors';
import { iso } from '../leases/leaseView';
import { eventView } from './activityView';
import { Moment } from './moments';

/** Where a page of the time line begins: after these. */
export interface TimelineCursor {
  /** Instant and key of the last moment that was shown. */
  moment?: [number, string];
  /** Cursor into the events. */
  events?: string;
  /** All events were shown. */
  eventsDone?: boolean;
}

/** Reads events in order of time: a page after a cursor. */
export type EventPages = (
  limit: number,
  cursor?: string,
) => Promise<{ items: ListedEvent[]; nextCursor?: string }>;

/**
 * One page of moments and events in the order of time. Events are read by key,
 * never all of them; a moment comes before an event of the same instant.
 */
export async function timelinePage(
  moments: Moment[],
  events: EventPages,
  limit: number,
  cursor: TimelineCursor,
): Promise<{ items: TimelineEntry[]; next?: TimelineCursor }> {
  const waiting = moments.filter(moment => isAfter(moment, cursor.moment));
  const page = cursor.eventsDone
    ? { items: [] }
    : await events(limit, cursor.events);
  const merged = merge(waiting, page.items).slice(0, limit);
  const taken = merged.filter(each => each.event).length;
  const lastMoment = merged.filter(each => each.moment).pop()?.moment;

  const next: TimelineCursor = {
    moment: lastMoment ? [lastMoment.at, lastMoment.key] : cursor.moment,
    ...(await eventsAfter(events, page, taken, cursor)),
  };
  const momentsLeft = waiting.length > merged.length - taken;
  return {
    items: merged.map(each => each.entry),
    next: momentsLeft || !next.eventsDone ? next : undefined,
  };
}

/** The cursor after those events of a page that were taken. */
async function eventsAfter(
  events: EventPages,
  page: { items: ListedEvent[]; nextCursor?: string },
  taken: number,
  cursor: TimelineCursor,
): Promise<Pick<TimelineCursor, 'events' | 'eventsDone'>> {
  if (cursor.eventsDone || (taken === page.items.length && !page.nextCursor)) {
    return { eventsDone: true };
  }
  if (taken === 0) {
    return { events: cursor.events };
  }
  if (taken === page.items.length) {
    return { events: page.nextCursor };
  }
  const { nextCursor } = await events(taken, cursor.events);
  return { events: nextCursor };
}

interface Merged {
  at: number;
  entry: TimelineEntry;
  moment?: Moment;
  event?: ListedEvent;
}

/** Two lists in order become one; a stable sort keeps the order inside each. */
function merge(moments: Moment[], events: ListedEvent[]): Merged[] {
  return [
    ...moments.map(
      (moment): Merged => ({ at: moment.at, entry: moment.entry, moment }),
    ),
    ...events.map(
      (event): Merged => ({
        at: event.at,
        entry: { kind: 'event', at: iso(event.at), event: eventView(event) },
        event,
      }),
    ),
  ].sort((a, b) => a.at - b.at);
}

function isAfter(moment: Moment, last: [number, string] | undefined): boolean {
  return (
    !last ||
    moment.at > last[0] ||
    (moment.at === last[0] && moment.key > last[1])
  );
}

/** A cursor as text. */
export function encodeCursor(cursor: TimelineCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws InputError `invalid-input` where the text is none of our cursors. */
export function decodeCursor(text: string | undefined): TimelineCursor {
  if (text === undefined) {
    return {};
  }
  try {
    const { moment, events, eventsDone } = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    const [at, key] = moment ?? [0, ''];
    if (
      Number.isSafeInteger(at) &&
      typeof key === 'string' &&
      ['string', 'undefined'].includes(typeof events)
    ) {
      return { moment, events, eventsDone: eventsDone === true };
    }
  } catch {
    // Falls through to the error below.
  }
  throw inputError(
    'invalid-input',
    'cursor is not one that the time line handed out. Start again without it.',
  );
}
