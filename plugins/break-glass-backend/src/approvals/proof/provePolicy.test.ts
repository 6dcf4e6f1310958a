import fc from 'fast-check';
import { groupsByFacts, humanOf } from '../../accounts/humans';
import { matches } from '../../accounts/principals';
import { Person } from '../../accounts/types';
import { ApprovalPolicyConfig } from '../../config/types';
import {
  aPerson,
  aPolicy,
  aStep,
  groups,
  nobody,
  secondAdmin,
  twoRoles,
} from '../../testing/approvals';
import { analyseDecision } from '../analyseDecision';
import { progress } from '../progress';
import { ApprovalFacts, RecordedDecision } from '../types';
import { crowdOf, PolicyInUse, provePolicy } from './provePolicy';

/** People as a catalog would tell them: who shares a key or an address is one human being. */
function together(...people: Person[]): Person[] {
  const same = groupsByFacts(people, ({ key, email }) => [
    `key ${key}`,
    ...(email ? [`email ${email}`] : []),
  ]);
  return people.map(person => {
    const entities = [...same.get(person)!];
    return {
      ...person,
      against: {
        refs: new Set(entities.map(({ ref }) => ref)),
        groups: new Set(entities.flatMap(each => [...each.groups])),
      },
    };
  });
}

const withEmail = (person: Person, email: string) => ({ ...person, email });
const prove = (use: PolicyInUse, ...people: Person[]) =>
  provePolicy(use, crowdOf(together(...people)));
const admins = groups('cloud-admins');

const mary = aPerson('mary', ['cloud-admins']);
const daniel = aPerson('daniel', ['cloud-admins']);
const carla = aPerson('carla', ['ciso-office']);
const sven = aPerson('sven', ['senior-management']);

describe('proving that a policy can be met', () => {
  const use = { policy: secondAdmin, eligible: admins };
  const refs = ({ unmeetable }: ReturnType<typeof prove>) =>
    unmeetable.map(({ person, stepIds }) => [person.ref, stepIds]);

  it('names nobody where two can approve each other', () => {
    expect(prove(use, mary, daniel)).toEqual({
      requesters: 2,
      unmeetable: [],
      alone: [],
    });
  });

  it('names the only one there is, with the step that stays empty', () => {
    expect(refs(prove(use, mary, carla))).toEqual([[mary.ref, ['second']]]);
  });

  it('names one whom the others need for their own requests', () => {
    const policy = aPolicy([
      aStep('ciso', groups('ciso-office')),
      aStep('second', admins),
    ]);
    const both = { policy, eligible: groups('cloud-admins', 'ciso-office') };

    expect(refs(prove(both, mary, daniel, carla))).toEqual([
      [carla.ref, ['ciso']],
    ]);
  });

  it('I1: one human being under two entities is not enough for two steps', () => {
    const two = { policy: twoRoles, eligible: admins };
    const manager = aPerson('carla-2', ['senior-management']);

    expect(refs(prove(two, mary, carla, sven))).toEqual([]);
    expect(
      refs(
        prove(
          two,
          mary,
          withEmail(carla, 'c@x.org'),
          withEmail(manager, 'c@x.org'),
        ),
      ),
    ).toEqual([[mary.ref, ['management']]]);
  });

  it('looks at the owner of the accounts, and at none where none is known', () => {
    const owners = {
      policy: aPolicy([aStep('owner', { ...nobody, accountOwner: true })]),
      eligible: admins,
    };
    const owner = 'group:default/ciso-office';

    expect(
      refs(prove({ ...owners, accountOwner: owner }, mary, carla)),
    ).toEqual([]);
    expect(refs(prove(owners, mary, carla))).toEqual([[mary.ref, ['owner']]]);
  });
});

describe('proving that nobody is alone', () => {
  const use = { policy: secondAdmin, eligible: admins };
  const second = aPerson('mary-2', ['cloud-admins']);

  it('names one human being with two keys, and their entities', () => {
    const { alone } = prove(
      use,
      withEmail(mary, 'm@x.org'),
      withEmail(second, 'm@x.org'),
      daniel,
    );

    expect(alone.map(each => each.person.ref)).toEqual([mary.ref]);
    expect(alone[0].refs).toEqual([mary.ref, second.ref]);
  });

  it('is satisfied where the key says that it is one person', () => {
    const sameKey = { ...second, key: mary.key };

    expect(
      prove(use, withEmail(mary, 'm@x.org'), withEmail(sameKey, 'm@x.org'))
        .alone,
    ).toEqual([]);
  });

  it('is satisfied where the second entity may neither ask nor approve', () => {
    const other = aPerson('mary-2', ['ciso-office']);

    expect(
      prove(use, withEmail(mary, 'm@x.org'), withEmail(other, 'm@x.org')).alone,
    ).toEqual([]);
  });

  it('needs an entity for each place: two entities are not enough for two steps', () => {
    const policy = aPolicy([aStep('one', admins), aStep('two', admins)]);
    const third = aPerson('mary-3', ['cloud-admins']);
    const all = [mary, second, third].map(each => withEmail(each, 'm@x.org'));
    const namesAlone = (people: Person[]) =>
      prove({ policy, eligible: admins }, ...people).alone.length;

    expect(namesAlone(all.slice(0, 2))).toBe(0);
    expect(namesAlone(all)).toBe(1);
  });

  it('an exclusion of the approving entity keeps it out, one of another key does not', () => {
    const policy = aPolicy([
      aStep('second', admins, { exclude: groups('platform') }),
    ]);
    const inPlatform = (person: Person) => ({
      ...withEmail(person, 'm@x.org'),
      groups: new Set([...person.groups, 'group:default/platform']),
    });
    const platform = { policy, eligible: groups('platform') };

    expect(
      prove(platform, inPlatform(mary), withEmail(second, 'm@x.org')).alone,
    ).toHaveLength(1);
    expect(prove(platform, inPlatform(mary), inPlatform(second)).alone).toEqual(
      [],
    );
  });
});

describe('I1: for any policy and people', () => {
  const names = ['a', 'b', 'c'];
  const someGroups = fc.subarray(names).map(some => groups(...some));
  const aCrowd = fc
    .array(
      fc.record({
        inGroups: fc.subarray(names),
        key: fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5'),
        email: fc.constantFrom(undefined, 'e1', 'e2', 'e3'),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map(all =>
      together(
        ...all.map(({ inGroups, key, email }, index) => ({
          ...aPerson(`p${index}`, inGroups, key),
          email,
        })),
      ),
    );
  const someSteps = fc.array(
    fc.record({
      from: someGroups,
      exclude: someGroups,
      count: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 2 },
  );
  const aUse = fc.record({
    policy: fc
      .tuple(someSteps, fc.constantFrom('parallel', 'sequential'))
      .map(([steps, order]) =>
        aPolicy(
          steps.map(({ from, ...rest }, index) =>
            aStep(`s${index}`, from, rest),
          ),
          order as ApprovalPolicyConfig['order'],
        ),
      ),
    eligible: someGroups,
  });

  /** Whether some order of decisions that the rules allow meets the policy: all are tried. */
  function canBeMet(
    facts: ApprovalFacts,
    people: Person[],
    enough: (facts: ApprovalFacts) => boolean = each => progress(each).met,
  ): boolean {
    return (
      enough(facts) ||
      people.some(person =>
        facts.policy.steps.some(({ id }) => {
          if (!analyseDecision(facts, person, id).allowed) {
            return false;
          }
          const decision: RecordedDecision = {
            stepId: id,
            person: person.ref,
            personKey: person.key,
            verdict: 'approve',
            now: person,
          };
          const decisions = [...facts.decisions, decision];
          return canBeMet({ ...facts, decisions }, people, enough);
        }),
      )
    );
  }

  it('exactly those are named whose requests no order of decisions approves', () => {
    fc.assert(
      fc.property(aUse, aCrowd, (use, people) => {
        const { unmeetable, requesters } = provePolicy(use, crowdOf(people));
        const asking = people.filter(each => matches(use.eligible, each));
        const cannot = asking.filter(
          requester =>
            !canBeMet({ policy: use.policy, requester, decisions: [] }, people),
        );

        expect(new Set(unmeetable.map(each => humanOf(each.person)))).toEqual(
          new Set(cannot.map(humanOf)),
        );
        expect(requesters).toBe(new Set(asking.map(humanOf)).size);
      }),
      { numRuns: 500 },
    );
  });

  it('exactly those are named who could approve their own requests if keys were all that told people apart', () => {
    /** The same people without what only their addresses say. */
    const byKeyAlone = (people: Person[]) =>
      together(...people.map(({ email, ...rest }) => rest));
    fc.assert(
      fc.property(aUse, aCrowd, (use, people) => {
        const { alone } = provePolicy(use, crowdOf(people));
        const torn = byKeyAlone(people);
        const humans = new Map(people.map(each => [each.ref, humanOf(each)]));
        const could = torn.filter(
          requester =>
            matches(use.eligible, requester) &&
            canBeMet(
              { policy: use.policy, requester, decisions: [] },
              torn.filter(
                each => humans.get(each.ref) === humans.get(requester.ref),
              ),
            ),
        );

        expect(new Set(alone.map(each => humanOf(each.person)))).toEqual(
          new Set(could.map(each => humans.get(each.ref))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('by the rules themselves nobody ever approves their own request', () => {
    fc.assert(
      fc.property(aUse, aCrowd, (use, people) => {
        for (const requester of people) {
          const own = people.filter(
            each => humanOf(each) === humanOf(requester),
          );
          expect(
            canBeMet(
              { policy: use.policy, requester, decisions: [] },
              own,
              ({ decisions }) => decisions.length > 0,
            ),
          ).toBe(false);
        }
      }),
    );
  });
});
