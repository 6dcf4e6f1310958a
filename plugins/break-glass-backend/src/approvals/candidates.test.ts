import { People, Person } from '../accounts/types';
import {
  aPerson,
  aPolicy,
  aStep,
  decided,
  facts,
  findingAll,
  groups,
  nobody,
  secondAdmin,
  twoRoles,
} from '../testing/approvals';
import { stepsWithoutPeople } from './canBeMet';
import { candidates } from './candidates';

const mary = aPerson('mary', ['cloud-admins', 'platform']);
const daniel = aPerson('daniel', ['cloud-admins', 'platform']);
const priya = aPerson('priya', ['cloud-admins', 'platform']);
const carla = aPerson('carla', ['ciso-office']);
const sven = aPerson('sven', ['senior-management']);

/** Everybody there is. */
function peopleOf(...everybody: Person[]): People {
  const find = async (ref: string) =>
    everybody.find(person => person.ref === ref);
  return {
    find,
    findAll: findingAll(find),
    names: async refs => new Map(refs.map(ref => [ref, ref])),
    members: async (principals, limit) =>
      everybody
        .filter(
          person =>
            principals.users.includes(person.ref) ||
            principals.groups.some(group => person.groups.has(group)),
        )
        .slice(0, limit),
  };
}

async function namesOf(...args: Parameters<typeof candidates>) {
  const steps = await candidates(...args);
  return steps.map(step => step.people.map(person => person.displayName));
}

describe('candidates', () => {
  const all = peopleOf(mary, daniel, priya, carla, sven);

  it('are those who may still decide on a step', async () => {
    expect(await namesOf(all, facts(secondAdmin), 10)).toEqual([
      ['daniel', 'priya'],
    ]);
    expect(await namesOf(all, facts(twoRoles), 10)).toEqual([
      ['carla'],
      ['sven'],
    ]);
  });

  it('leave out beneficiaries, people who decided, and excluded people', async () => {
    const cloudManager = aPerson('cloud', ['senior-management', 'platform']);
    const withCloud = peopleOf(carla, sven, cloudManager);

    expect(
      await namesOf(all, { ...facts(secondAdmin), beneficiary: priya }, 10),
    ).toEqual([['daniel']]);
    expect(
      await namesOf(withCloud, facts(twoRoles, decided(carla, 'ciso')), 10),
    ).toEqual([[], ['sven']]);
  });

  it('are the owners of the account where a step says so', async () => {
    const policy = aPolicy([aStep('owner', { ...nobody, accountOwner: true })]);

    expect(
      await namesOf(
        all,
        { ...facts(policy), accountOwner: 'group:default/ciso-office' },
        10,
      ),
    ).toEqual([['carla']]);
    expect(
      await namesOf(
        all,
        { ...facts(policy), accountOwner: 'user:default/sven' },
        10,
      ),
    ).toEqual([['sven']]);
    expect(await namesOf(all, facts(policy), 10)).toEqual([[]]);
  });

  it('pitfall 7: are none where a group has no members', async () => {
    const few = peopleOf(mary);
    const found = await candidates(few, facts(secondAdmin), 10);

    expect(found).toEqual([{ stepId: 'second', people: [] }]);
    expect(stepsWithoutPeople(facts(secondAdmin), found)).toEqual(['second']);
  });
});

describe('stepsWithoutPeople', () => {
  const check = async (
    policy: Parameters<typeof facts>[0],
    ...everybody: Person[]
  ) => {
    const lease = facts(policy);
    const found = await candidates(peopleOf(...everybody), lease, 10);
    return stepsWithoutPeople(lease, found);
  };
  const both = aPerson('both', ['ciso-office', 'senior-management']);

  it('is empty where everybody who is needed is there', async () => {
    expect(await check(twoRoles, carla, sven)).toEqual([]);
    expect(await check(twoRoles, both, carla)).toEqual([]);
    expect(await check(twoRoles, carla, both)).toEqual([]);
  });

  it('I1: one person cannot fill two steps', async () => {
    expect(await check(twoRoles, both)).toHaveLength(1);
  });

  it('I1: nor one human being under two entities', async () => {
    const against = {
      groups: new Set<string>(),
      refs: new Set([carla.ref, sven.ref]),
    };

    expect(
      await check(twoRoles, { ...carla, against }, { ...sven, against }),
    ).toHaveLength(1);
  });

  it('finds a quorum that cannot be reached', async () => {
    const policy = aPolicy([
      aStep('quorum', groups('cloud-admins'), { count: 2 }),
    ]);

    expect(await check(policy, mary, daniel)).toEqual(['quorum']);
    expect(await check(policy, mary, daniel, priya)).toEqual([]);
  });
});
