// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LeasePick } from '../LifeWorld';
import { CALLERS } from '../people';

/** Anybody, those more often who can do something. */
export const aCaller = fc.constantFrom(...CALLERS);

const person = (...names: string[]) =>
  fc.constantFrom(...names.map(name => `user:default/${name}`));

/** A cloud admin mostly. */
export const aRequester = fc.oneof(
  { weight: 6, arbitrary: person('mary', 'mary-admin', 'daniel', 'dora') },
  { weight: 1, arbitrary: aCaller },
);

/** Somebody who decides, mostly. */
export const aDecider = fc.oneof(
  {
    weight: 6,
    arbitrary: person(
      ...['mary', 'daniel', 'priya', 'dora', 'dora', 'mary-admin'],
      ...['carla', 'sven', 'peter', 'daniel-admin'],
    ),
  },
  { weight: 1, arbitrary: aCaller },
);

/** A responder mostly. */
export const aResponder = fc.oneof(
  { weight: 5, arbitrary: person('oscar', 'nadia') },
  { weight: 1, arbitrary: aCaller },
);

/** A reviewer mostly. */
export const aReviewer = fc.oneof(
  { weight: 4, arbitrary: person('oscar', 'rita', 'daniel-admin') },
  { weight: 1, arbitrary: aCaller },
);

/** The requester of the lease mostly, else anybody. */
export const aHolder = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: aCaller },
);

/** The newest leases of a state mostly. */
export function aLeaseThatIs(
  among: LeasePick['among'],
): fc.Arbitrary<LeasePick> {
  const back = fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat(3) },
  );
  return fc.record({
    among: fc.oneof(
      { weight: 9, arbitrary: fc.constant(among) },
      { weight: 1, arbitrary: fc.constant('any' as const) },
    ),
    back,
  });
}

/** Something that is there in one of so many, and else not. */
export function rarely<T>(
  oneIn: number,
  arbitrary: fc.Arbitrary<T>,
): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: oneIn - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );
}
