import { isFresh } from './isFresh';

const AT = Date.parse('2026-10-01T12:00:00.000Z');
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(AT + minutes * MINUTE).toISOString();
const issued = (minutes: number, leaseMinutes?: number) => ({
  issuedAt: iso(0),
  credentials: { expiration: iso(minutes) },
  ...(leaseMinutes !== undefined && { leaseEndsAt: iso(leaseMinutes) }),
});

describe('isFresh', () => {
  it.each([
    ['an hour: five minutes before', 60, 55],
    ['15 minutes: a tenth, which is 90 s', 15, 13.5],
    ['12 hours: five minutes, not a tenth', 720, 715],
  ])('renews credentials of %s', (_, minutes, renewedAt) => {
    expect(isFresh(issued(minutes), AT + renewedAt * MINUTE - 1)).toBe(true);
    expect(isFresh(issued(minutes), AT + renewedAt * MINUTE)).toBe(false);
  });

  it('does not renew over and over what lasts to the end of the lease', () => {
    expect(isFresh(issued(60, 60), AT + 60 * MINUTE - 1)).toBe(true);
    expect(isFresh(issued(60, 60), AT + 60 * MINUTE)).toBe(false);
    expect(isFresh(issued(60, 61), AT + 56 * MINUTE)).toBe(false);
  });

  it('believes no clock that was set back', () => {
    expect(isFresh(issued(60), AT - 30_000)).toBe(true);
    expect(isFresh(issued(60), AT - 2 * MINUTE)).toBe(false);
  });
});
