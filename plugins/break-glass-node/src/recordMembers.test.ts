import { instant, isWithin, member, text } from './recordMembers';

describe('member and text', () => {
  const record = { a: { b: 'here', n: 7, none: null }, list: ['x'] };

  it('follow a path', () => {
    expect(text(record, 'a', 'b')).toBe('here');
    expect(member(record, 'a', 'n')).toBe(7);
    expect(member(record, 'list', '0')).toBe('x');
  });

  it('are undefined where anything on the way is missing, or is no text', () => {
    expect(text(record, 'a', 'n')).toBeUndefined();
    expect(text(record, 'a', 'none', 'b')).toBeUndefined();
    expect(member(record, 'a', 'b', 'length')).toBeUndefined();
    expect(member(undefined, 'a')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'pitfall 18: a name from a record reaches nothing inherited: %s',
    name => {
      expect(member({}, name)).toBeUndefined();
    },
  );
});

describe('instant', () => {
  it('reads what CloudTrail writes', () => {
    expect(instant('2026-10-01T12:00:00Z')).toBe(Date.UTC(2026, 9, 1, 12));
  });

  it.each([
    ...['yesterday', '1', '2026-10-01', '2026-13-01T00:00:00Z', ''],
    ...['2026-10-01T12:00:00', '2026-10-01T12:00:00+02:00', undefined],
  ])('I11: guesses nothing: %j', value => {
    expect(instant(value)).toBeUndefined();
  });
});

describe('isWithin', () => {
  it('takes from inclusive to exclusive, and what does not say its time', () => {
    const time = { from: Date.UTC(2026, 0, 2), to: Date.UTC(2026, 0, 3) };
    const at = (eventTime: unknown) => isWithin({ eventTime }, time);
    expect(at('2026-01-02T00:00:00Z')).toBe(true);
    expect(at('2026-01-01T23:59:59Z')).toBe(false);
    expect(at('2026-01-02T23:59:59Z')).toBe(true);
    expect(at('2026-01-03T00:00:00Z')).toBe(false);
    expect(at('1')).toBe(true);
    expect(at(undefined)).toBe(true);
  });
});
