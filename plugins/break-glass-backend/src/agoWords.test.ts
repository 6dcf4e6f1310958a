import { agoWords } from './agoWords';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('agoWords', () => {
  it.each([
    [-5 * MINUTE, 'just now'],
    [0, 'just now'],
    [MINUTE, '1 min ago'],
    [119 * MINUTE, '119 min ago'],
    [120 * MINUTE, '2 h ago'],
    [47 * HOUR, '47 h ago'],
    [48 * HOUR, '2 days ago'],
    [10 * 24 * HOUR, '10 days ago'],
  ])('says %i ms as %s', (age, words) => {
    expect(agoWords(age)).toBe(words);
  });
});
