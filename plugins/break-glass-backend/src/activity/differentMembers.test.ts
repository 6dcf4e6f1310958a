import fc from 'fast-check';
import { differentMembers } from './differentMembers';

describe('differentMembers', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['a value', { a: { b: 1 } }, { a: { b: 2 } }, ['a.b']],
    ['a member more', { a: 1 }, { a: 1, b: 2 }, ['b']],
    ['a member less', { a: 1, b: 2 }, { a: 1 }, ['b']],
    ['an item of a list', { a: [1, 2] }, { a: [1, 3, 4] }, ['a[1]', 'a[2]']],
    ['a list for an object', { a: [] }, { a: {} }, ['a']],
    ['null for nothing', { a: null }, {}, ['a']],
    ['a number for its text', { a: 1 }, { a: '1' }, ['a']],
    [
      'what everything inherits',
      JSON.parse('{"__proto__":1,"toString":2}'),
      {},
      ['__proto__', 'toString'],
    ],
    ['everything', 1, 2, ['(all)']],
  ])('names %s', (_, a, b, members) => {
    expect(differentMembers(a, b)).toEqual(members);
  });

  it('names nothing of equal values, whatever the order of their members', () => {
    fc.assert(
      fc.property(fc.json(), json => {
        const value = JSON.parse(json);
        const copy = reversed(JSON.parse(json));
        expect(differentMembers(value, copy)).toEqual([]);
      }),
    );
  });

  it('names no more than a page can show', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => n);
    expect(differentMembers(many, [])).toHaveLength(20);
  });
});

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(reversed)
    : Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      );
}
