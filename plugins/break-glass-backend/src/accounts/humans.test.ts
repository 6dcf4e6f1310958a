import fc from 'fast-check';
import { groupsByFacts, humanOf, Identity, sameHuman } from './humans';

const mary: Identity = {
  ref: 'user:default/mary',
  key: 'e-1',
  email: 'mary@example.com',
};

describe('sameHuman', () => {
  it.each<[string, Partial<Identity>]>([
    ['the same entity', { ref: mary.ref }],
    ['the same person key', { key: mary.key }],
    ['the same e-mail address', { email: mary.email }],
    [
      'the same address, case and blanks aside',
      { email: ' Mary@Example.COM ' },
    ],
    [
      'an entity that the catalog says is hers',
      { against: { refs: new Set([mary.ref]) } },
    ],
  ])('I1: %s is one human being, asked either way', (_, shared) => {
    const other = { ref: 'user:default/other', key: 'e-2', ...shared };

    expect(sameHuman(mary, other)).toBe(true);
    expect(sameHuman(other, mary)).toBe(true);
  });

  it('two people without an address, or with an empty one, are two', () => {
    for (const email of [undefined, '', ' ']) {
      const one = { ref: 'user:default/a', key: 'a', email };
      const two = { ref: 'user:default/b', key: 'b', email };
      expect(sameHuman(one, two)).toBe(false);
    }
  });

  it('a human being has one name under every entity that was read together', () => {
    const against = { refs: new Set(['user:default/z', 'user:default/a']) };

    expect(humanOf({ ref: 'user:default/z', key: '1', against })).toBe(
      humanOf({ ref: 'user:default/a', key: '2', against }),
    );
    expect(humanOf(mary)).toBe('e-1');
  });
});

describe('groupsByFacts', () => {
  const facts = fc.array(
    fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 3 }),
    { maxLength: 8 },
  );

  it('puts together who shares a fact, over any chain, and nobody else', () => {
    fc.assert(
      fc.property(facts, everybody => {
        const groups = groupsByFacts(everybody, one => one);
        for (const one of everybody) {
          expect(groups.get(one)).toEqual(reachable(one, everybody));
        }
      }),
    );
  });

  /** Everybody at the end of a chain of shared facts, found by asking again until nothing is new. */
  function reachable(one: string[], everybody: string[][]): Set<string[]> {
    const found = new Set([one]);
    for (let size = 0; size < found.size; ) {
      size = found.size;
      const known = new Set([...found].flat());
      everybody
        .filter(other => other.some(fact => known.has(fact)))
        .forEach(other => found.add(other));
    }
    return found;
  }
});
