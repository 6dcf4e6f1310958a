import { Person } from '../accounts/types';
import { progress } from '../approvals';
import { PanicRow } from '../database/panicRows';
import { aPerson, aPolicy, aStep, groups, nobody } from '../testing/approvals';
import { aDecisionRow, aLeaseRow, NOON } from '../testing/rows';
import { mayRevoke } from './explain';
import { frozenFacts, presentFacts } from './explainDecide';
import { KnownPeople } from './partiesOf';
import { explainLift } from './panic/explainLift';

const at = (name: string, email: string): Person => ({
  ...aPerson(name, ['cloud-admins', 'incident-responders']),
  email,
});
const mary = at('mary', 'mary@example.com');
const daniel = at('daniel', 'daniel@example.com');
/** Mary, under an entity that only the address gives away. */
const other: Person = {
  ...at('other', 'MARY@example.com'),
  against: {
    groups: new Set(),
    refs: new Set([mary.ref, 'user:default/other']),
  },
};

const policy = aPolicy([aStep('second-admin', groups('cloud-admins'))]);
const aLease = (change: object = {}) => {
  const row = aLeaseRow({ beneficiary: undefined, ...change });
  return { ...row, scope: { ...row.scope, approvalPolicy: policy } };
};
const known = (...people: Person[]): KnownPeople =>
  new Map(people.map(person => [person.ref, person]));

describe('one human being under two entities, told by address', () => {
  it.each(['requester', 'beneficiary'] as const)(
    'I1: what the %s approved under another entity stops to count when the catalog shows it',
    party => {
      const row = aLease(
        party === 'beneficiary'
          ? { requester: daniel.ref, beneficiary: mary.ref }
          : {},
      );
      const decision = aDecisionRow({
        leaseId: row.id,
        person: other.ref,
        personKey: other.key,
        stepId: 'second-admin',
      });
      const met = (people: KnownPeople) => [
        progress(frozenFacts(row, [decision], people)).met,
        progress(
          presentFacts({
            row,
            decisions: [decision],
            policyNow: policy,
            known: people,
          }),
        ).met,
      ];

      const apart = aPerson('other', ['cloud-admins']);
      expect(met(known(mary, daniel, apart))).toEqual([true, true]);
      // By the addresses alone, should the catalog's search not find one entity by the other's.
      const shared = at('other', 'MARY@example.com');
      expect(met(known(mary, daniel, shared))).toEqual([false, false]);
    },
  );

  it('I1: takes nothing away of their own that no person approved', () => {
    const row = aLease({ approvalKind: 'emergency' });
    const config = { responders: nobody };

    expect(mayRevoke(config, row, daniel)).toBe(true);
    expect(mayRevoke(config, row, other)).toBe(false);
  });

  it('I1: lifts nothing that stops them, and is no second responder to themselves', () => {
    const config = { responders: groups('incident-responders') };
    const panic: PanicRow = {
      id: 'P1',
      kind: 'person',
      targetRef: mary.ref,
      targetKey: mary.key,
      title: 'Mary',
      reason: 'A key of hers was seen elsewhere',
      raisedBy: daniel.ref,
      raisedAt: NOON,
    };
    const codes = (row: PanicRow, person: Person) =>
      explainLift(config, row, person).reasons.map(({ code }) => code);
    const asked: PanicRow = {
      ...panic,
      kind: 'all',
      targetRef: undefined,
      targetKey: '',
      liftAskedBy: mary.ref,
      liftAskedByKey: mary.key,
    };

    expect(codes(panic, other)).toEqual(['panic-target']);
    expect(codes(asked, other)).toEqual(['second-responder-needed']);
    expect(codes(panic, daniel)).toEqual([]);
    expect(codes(asked, daniel)).toEqual([]);
  });
});
