import { afterNoon, NOON } from '../../__testUtils__/leases';
import {
  event,
  eventEntry,
  session,
  SESSION_ID,
  timeline,
} from '../../__testUtils__/timeline';
import { timelineRows } from './timelineRows';

const other = session({ id: '01K6FJ00000000000000000011', type: 'console' });
const keys = (rows: ReturnType<typeof timelineRows>) =>
  rows.map(row => (row.kind === 'milestone' ? row.entry.kind : row.key));

describe('timelineRows', () => {
  it('puts each session’s events below it, in their order', () => {
    const items = [
      { kind: 'lease' as const, at: NOON, what: 'activated' as const },
      { kind: 'session' as const, at: afterNoon(1), session: session() },
      { kind: 'session' as const, at: afterNoon(2), session: other },
      eventEntry(event('a', 3)),
      eventEntry(event('b', 4, { sessionId: other.id })),
      eventEntry(event('c', 5)),
      { kind: 'lease' as const, at: afterNoon(9), what: 'ended' as const },
    ];
    expect(keys(timelineRows(items, []))).toEqual([
      'lease',
      `session ${SESSION_ID}`,
      'event a',
      'event c',
      `session ${other.id}`,
      'event b',
      'lease',
    ]);
  });

  it('names the session of an event from the lease where a filter left it out', () => {
    const rows = timelineRows([eventEntry(event('a', 3))], [session()]);
    expect(rows[0]).toMatchObject({ kind: 'session', session: session() });
  });

  it('puts events of no session of ours under a heading of their own', () => {
    const rows = timelineRows(
      [eventEntry(event('a', 3, { sessionId: undefined }))],
      [session()],
    );
    expect(rows[0]).toMatchObject({ kind: 'session', count: 1 });
    expect(rows[0]).not.toHaveProperty('session.id');
  });

  it('keeps only events in the chosen span of time', () => {
    const { items } = timeline([event('a', 3), event('b', 4), event('c', 5)]);
    const window = {
      from: Date.parse(afterNoon(4)),
      to: Date.parse(afterNoon(5)),
    };
    expect(keys(timelineRows(items, [], window))).toEqual([
      'lease',
      `session ${SESSION_ID}`,
      'event b',
      'event c',
    ]);
  });
});
