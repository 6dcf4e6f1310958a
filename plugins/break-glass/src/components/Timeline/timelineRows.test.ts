import { afterNoon, NOON } from '../../__testUtils__/leases';
import {
  event,
  eventEntry,
  session,
  SESSION_ID,
} from '../../__testUtils__/timeline';
import { TimelineRow, TimelineRows } from './timelineRows';

const other = session({ id: '01K6FJ00000000000000000011', type: 'console' });
const keys = (rows: TimelineRow[]) =>
  rows.map(row => (row.kind === 'milestone' ? row.entry.kind : row.key));

describe('TimelineRows', () => {
  it('puts each session’s events below it, in their order', () => {
    const page = [
      { kind: 'lease' as const, at: NOON, what: 'activated' as const },
      { kind: 'session' as const, at: afterNoon(1), session: session() },
      { kind: 'session' as const, at: afterNoon(2), session: other },
      eventEntry(event('a', 3)),
      eventEntry(event('b', 4, { sessionId: other.id })),
      eventEntry(event('c', 5)),
      { kind: 'lease' as const, at: afterNoon(9), what: 'ended' as const },
    ];
    expect(keys(new TimelineRows([]).of([page]).rows)).toEqual([
      'lease',
      `session 0 ${SESSION_ID}`,
      'event a',
      'event c',
      `session 0 ${other.id}`,
      'event b',
      'lease',
    ]);
  });

  it('names the session of an event from the lease where a filter left it out', () => {
    const [head] = new TimelineRows([session()]).of([
      [eventEntry(event('a', 3))],
    ]).rows;
    expect(head).toMatchObject({ kind: 'session', session: session() });
  });

  it('puts events of no session of ours under a heading of their own', () => {
    const [head] = new TimelineRows([session()]).of([
      [eventEntry(event('a', 3, { sessionId: undefined }))],
    ]).rows;
    expect(head).toMatchObject({ kind: 'session', count: 1 });
    expect(head).not.toHaveProperty('session.id');
  });

  it('pitfall 23: a further page moves no line of those before it, and is the only one looked at', () => {
    const lines = new TimelineRows([session(), other]);
    const first = [
      eventEntry(event('a', 3)),
      eventEntry(event('b', 4, { sessionId: other.id })),
    ];
    const { rows: before } = lines.of([first]);
    const { rows: after, events } = lines.of([
      first,
      [eventEntry(event('c', 5))],
    ]);
    expect(events).toBe(3);
    expect(after.slice(0, before.length)).toEqual(before);
    after
      .slice(0, before.length)
      .forEach((row, index) => expect(row).toBe(before[index]));
    expect(after[before.length]).toMatchObject({
      kind: 'session',
      session: session(),
      continued: true,
    });
    expect(before[0]).toMatchObject({ continued: false });
  });
});
