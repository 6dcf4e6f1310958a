import {
  clockWords,
  countdownWords,
  exactWords,
  relativeWords,
} from './instants';

const at = '2026-10-01T12:00:00.000Z';
const noon = Date.parse(at);

describe('relativeWords', () => {
  it.each([
    [30_000, 'now'],
    [-4 * 60_000, 'in 4 minutes'],
    [3 * 60_000, '3 minutes ago'],
    [2 * 3_600_000, '2 hours ago'],
    [72 * 3_600_000, '3 days ago'],
    [-59.3 * 60_000, 'in 1 hour'],
    [-57.6 * 60_000, 'in 1 hour'],
    [-57.4 * 60_000, 'in 57 minutes'],
    [47 * 60_000, '47 minutes ago'],
    [-(8 * 60 - 1) * 60_000, 'in 8 hours'],
    [-7.2 * 3_600_000, 'in 7 hours'],
    [-47.8 * 3_600_000, 'in 2 days'],
  ])('names the instant %d ms later as "%s"', (later, words) => {
    expect(relativeWords(at, noon + later, 'en')).toBe(words);
  });
});

describe('clockWords', () => {
  it('names day, time and zone', () => {
    expect(clockWords(at, 'en-GB', 'UTC')).toBe('1 Oct, 12:00 UTC');
  });
});

describe('exactWords', () => {
  it('names UTC, and the own zone beside it', () => {
    expect(exactWords(at, 'Europe/Brussels')).toBe(
      '2026-10-01 12:00:00 UTC (1 Oct 2026, 14:00:00 Europe/Brussels)',
    );
  });
  it('names UTC once for a person in UTC', () => {
    expect(exactWords(at, 'UTC')).toBe('2026-10-01 12:00:00 UTC');
  });
});

describe('countdownWords', () => {
  it.each([
    [3_723_000, '1:02:03'],
    [59_000, '00:59'],
    [1, '00:01'],
    [0, '00:00'],
    [-5, '00:00'],
  ])('shows %d ms as %s', (ms, words) => {
    expect(countdownWords(ms)).toBe(words);
  });
});
