import { event } from '../../__testUtils__/timeline';
import { windowOf } from './ActivityChart';
import { activityBuckets } from './activityBuckets';

describe('activityBuckets', () => {
  const events = [
    event('a', 0, { accessLevel: 'read' }),
    event('b', 5),
    event('c', 10, { refused: true }),
  ];

  it('counts every event once, by reads, writes and refusals', () => {
    const buckets = activityBuckets(events, 5);
    expect(buckets).toHaveLength(5);
    expect(buckets[0]).toMatchObject({ reads: 1, writes: 0, refused: 0 });
    expect(buckets[2]).toMatchObject({ reads: 0, writes: 1, refused: 0 });
    expect(buckets[4]).toMatchObject({ reads: 0, writes: 0, refused: 1 });
  });

  it('counts as the backend does: refused first, then all that does not only look is a write', () => {
    const levels = [
      'list',
      'read',
      'tagging',
      'write',
      'permissions-management',
      'unknown',
    ] as const;
    const [all] = activityBuckets(
      [
        ...levels.map(accessLevel => event(accessLevel, 0, { accessLevel })),
        event('refused', 0, { accessLevel: 'write', refused: true }),
        event('last', 1, { accessLevel: 'read' }),
      ],
      2,
    );
    expect(all).toMatchObject({ reads: 2, writes: 4, refused: 1 });
  });

  it('has nothing to show for fewer than two instants', () => {
    expect(activityBuckets([], 5)).toEqual([]);
    expect(activityBuckets([events[0], events[0]], 5)).toEqual([]);
  });

  it('a brush over everything is no zoom', () => {
    const buckets = activityBuckets(events, 5);
    expect(windowOf(buckets, 0, 4)).toBeUndefined();
    expect(windowOf(buckets, 1, 2)).toEqual({
      from: buckets[1].from,
      to: buckets[2].to,
    });
  });
});
