import { chainedEnd } from './chainedEnd';

const AT = Date.parse('2026-10-01T12:09:00Z');
const MINUTE = 60_000;
const session = { arn: 'arn', accessKeyId: 'ASIA', createdAt: AT };

const endOf = (durationSeconds?: unknown, expiration?: unknown) =>
  (chainedEnd(
    {
      requestParameters: { durationSeconds },
      responseElements: { credentials: { expiration } },
    },
    session,
  ) -
    AT) /
  MINUTE;

describe('chainedEnd', () => {
  it.each([
    ['the duration that was asked for', 900, undefined, 15],
    ['the expiration', undefined, 'Oct 1, 2026, 12:39:00 PM', 30],
    ['one with a narrow space', undefined, 'Oct 1, 2026, 1:09:00\u202fPM', 60],
    ['one of ISO 8601', undefined, '2026-10-01T12:29:00Z', 20],
    ['the later of the two', 900, 'Oct 1, 2026, 12:39:00 PM', 30],
    ['an hour without either', undefined, undefined, 60],
    ['an hour where nothing can be read', '900', 'soon', 60],
    ['an hour where the end lies before the start', -1, undefined, 60],
    ['twelve hours at most', 1e12, undefined, 720],
  ])('pitfall 20: takes %s', (_, duration, expiration, expected) => {
    expect(endOf(duration, expiration)).toBe(expected);
  });
});
