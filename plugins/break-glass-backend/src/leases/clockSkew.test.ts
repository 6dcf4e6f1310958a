import { refuseClockSkew } from './clockSkew';

describe('refuseClockSkew', () => {
  it('I11: takes 30 s in both directions', () => {
    expect(() =>
      refuseClockSkew(100_000, 70_000, 'the database'),
    ).not.toThrow();
    expect(() =>
      refuseClockSkew(70_000, 100_000, 'the database'),
    ).not.toThrow();
  });

  it.each([
    [100_000, 69_999],
    [69_999, 100_000],
    [NaN, 100_000],
  ])('pitfall 40: refuses %d against %d and says so', (own, other) => {
    expect(() => refuseClockSkew(own, other, 'the database')).toThrow(
      expect.objectContaining({
        code: 'clock-skew',
        name: 'ServiceUnavailableError',
        message: expect.stringContaining('that of the database'),
      }),
    );
  });
});
