import { defaultChoice, periodOf } from './period';

const now = Date.parse('2026-10-31T12:00:00.000Z');

describe('periodOf', () => {
  it.each([
    [7, '2026-10-24T12:00:00.000Z'],
    [30, '2026-10-01T12:00:00.000Z'],
    [90, '2026-08-02T12:00:00.000Z'],
  ] as const)('reaches back %d days from now, until now', (kind, from) => {
    const choice = { ...defaultChoice(now), kind };
    expect(periodOf(choice, now)).toEqual({ from });
  });

  it('includes the first and the last day of one’s own choice', () => {
    const choice = {
      kind: 'custom' as const,
      from: '2026-10-05',
      to: '2026-10-05',
    };
    expect(periodOf(choice, now)).toEqual({
      from: new Date('2026-10-05T00:00:00').toISOString(),
      to: new Date('2026-10-06T00:00:00').toISOString(),
    });
  });

  it.each([
    ['2026-10-06', '2026-10-05'],
    ['', '2026-10-05'],
    ['2026-10-05', ''],
  ])('asks for nothing from "%s" to "%s"', (from, to) => {
    expect(periodOf({ kind: 'custom', from, to }, now)).toBeUndefined();
  });
});
