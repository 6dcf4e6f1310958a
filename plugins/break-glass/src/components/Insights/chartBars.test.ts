import { chartBars, MAX_BARS } from './chartBars';

const group = (key: string, leases: number, accessMinutes = 0) => ({
  key,
  leases,
  accessMinutes,
});

describe('chartBars', () => {
  it('names people and accounts shortly, the largest first', () => {
    const groups = [
      group('user:default/mary', 2, 90),
      group('user:default/priya', 1, 240),
    ];
    expect(chartBars(groups, 'person', 'leases')).toEqual([
      { key: 'user:default/mary', label: 'mary', value: 2 },
      { key: 'user:default/priya', label: 'priya', value: 1 },
    ]);
    expect(
      chartBars(groups, 'person', 'hours').map(({ label, value }) => [
        label,
        value,
      ]),
    ).toEqual([
      ['priya', 4],
      ['mary', 1.5],
    ]);
  });

  it('puts days in their order, and quiet days between them', () => {
    const bars = chartBars(
      [group('2026-11-01', 3), group('2026-10-30', 1)],
      'day',
      'leases',
    );
    expect(bars.map(({ label, value }) => [label, value])).toEqual([
      ['10-30', 1],
      ['10-31', 0],
      ['11-01', 3],
    ]);
  });

  it('leaves quiet days out where there would be too many', () => {
    const days = [group('2026-11-01', 3), group('2025-10-30', 1)];
    expect(chartBars(days, 'day', 'leases')).toHaveLength(2);
  });

  it('has room for a dozen, and for none', () => {
    const many = Array.from({ length: 20 }, (_, i) => group(`p${i}`, i));
    expect(chartBars(many, 'profile', 'leases')).toHaveLength(MAX_BARS);
    expect(chartBars([], 'profile', 'leases')).toEqual([]);
    expect(chartBars([], 'day', 'leases')).toEqual([]);
  });
});
