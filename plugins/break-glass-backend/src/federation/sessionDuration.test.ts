import { sessionDuration } from './sessionDuration';

const MINUTE = 60_000;

describe('sessionDuration', () => {
  it.each([
    ['an hour at most', 43_200, 8 * 60 * MINUTE, 3_600],
    ['the role’s limit', 1_800, 8 * 60 * MINUTE, 1_800],
    ['what remains of the lease', 3_600, 40 * MINUTE, 2_400],
    ['whole seconds of what remains', 3_600, 20 * MINUTE + 999, 1_200],
  ])('is %s', (_, roleSeconds, remainingMs, seconds) => {
    expect(sessionDuration({ roleSeconds, remainingMs })).toBe(seconds);
  });

  it('is an hour at most for a standing role', () => {
    expect(sessionDuration({ roleSeconds: 43_200 })).toBe(3_600);
  });

  it.each([14 * MINUTE, 1])(
    'pitfall 16: is the least that STS issues when %d ms remain',
    remainingMs => {
      expect(sessionDuration({ roleSeconds: 3_600, remainingMs })).toBe(900);
    },
  );

  it.each([0, -1, NaN])('refuses when %d ms remain', remainingMs => {
    expect(() => sessionDuration({ roleSeconds: 3_600, remainingMs })).toThrow(
      expect.objectContaining({ code: 'no-active-lease' }),
    );
  });
});
