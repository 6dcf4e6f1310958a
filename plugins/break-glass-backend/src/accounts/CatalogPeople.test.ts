import { Entity } from '@backstage/catalog-model';
import {
  aCatalog,
  anEntity,
  related,
  trustedOrigins,
  untrusted,
} from '../testing/catalog';
import { CatalogPeople } from './CatalogPeople';
import { isExcluded } from './principals';

const KEY = 'example.com/employee-id';
const config = {
  trust: { accounts: [], people: trustedOrigins },
  personKeyAnnotation: KEY,
};

function user(name: string, memberOf: string[] = [], annotations = {}) {
  return anEntity('User', name, { memberOf }, annotations);
}
function group(name: string, spec: Record<string, unknown> = {}) {
  return anEntity('Group', name, { children: [], ...spec } as never);
}
const ref = (kind: string, name: string) => `${kind}:default/${name}`;
const inGroup = (entity: Entity, ...names: string[]) =>
  related(entity, 'memberOf', ...names.map(name => ref('group', name)));
const hasMember = (entity: Entity, ...names: string[]) =>
  related(entity, 'hasMember', ...names.map(name => ref('user', name)));

function peopleIn(...entities: Entity[]) {
  return new CatalogPeople(aCatalog(...entities).reader, config);
}
async function groupsOf(name: string, ...entities: Entity[]) {
  const person = await peopleIn(...entities).find(ref('user', name));
  return person && [...person.groups].sort();
}
async function namesIn(groupName: string, ...entities: Entity[]) {
  const members = await peopleIn(...entities).members(
    { groups: [ref('group', groupName)], users: [] },
    50,
  );
  return members.map(person => person.ref);
}

describe('CatalogPeople.findAll', () => {
  it('finds each as find does, in as many reads', async () => {
    const { catalog, reader } = aCatalog(
      user('mary', ['cloud-admins'], { [KEY]: '7' }),
      user('mary-admin', ['platform'], { [KEY]: '7' }),
      user('daniel', ['cloud-admins']),
      group('cloud-admins', { parent: 'platform' }),
      group('platform'),
    );
    const reads = jest.spyOn(catalog, 'getEntitiesByRefs');
    const people = new CatalogPeople(reader, config);
    const one = await people.find('user:default/mary');
    const readsOfOne = reads.mock.calls.length;
    reads.mockClear();
    const found = await people.findAll([
      'user:default/mary',
      'User:default/Daniel',
      'user:default/nobody',
      'group:default/platform',
    ]);

    expect(reads.mock.calls).toHaveLength(readsOfOne);
    expect(found.get('user:default/mary')).toEqual(one);
    expect(found.get('User:default/Daniel')).toEqual(
      await people.find('user:default/daniel'),
    );
    expect([...found.keys()]).toHaveLength(2);
  });
});

describe('CatalogPeople.find', () => {
  it('knows a person by name, key and groups', async () => {
    const mary = user('mary', ['cloud-admins']);
    mary.spec!.profile = { displayName: 'Mary Novak' };

    expect(
      await peopleIn(mary, group('cloud-admins')).find('User:default/Mary'),
    ).toMatchObject({
      ref: 'user:default/mary',
      displayName: 'Mary Novak',
      key: 'user:default/mary',
      groups: new Set(['group:default/cloud-admins']),
    });
  });

  it('a member of a child group is a member of its parents, whichever end says so', async () => {
    expect(
      await groupsOf(
        'mary',
        user('mary', ['cloud-admins']),
        group('cloud-admins', { parent: 'platform' }),
        related(group('platform'), 'childOf', ref('group', 'company')),
        group('company', { children: ['platform'] }),
      ),
    ).toEqual([
      'group:default/cloud-admins',
      'group:default/company',
      'group:default/platform',
    ]);
  });

  it('a group may name its members', async () => {
    expect(
      await groupsOf(
        'mary',
        inGroup(user('mary'), 'cloud-admins'),
        group('cloud-admins', { members: ['mary'] }),
      ),
    ).toEqual(['group:default/cloud-admins']);
  });

  it('ends where groups contain each other', async () => {
    expect(
      await groupsOf(
        'mary',
        user('mary', ['one']),
        group('one', { parent: 'two' }),
        group('two', { parent: 'one' }),
      ),
    ).toEqual(['group:default/one', 'group:default/two']);
  });

  it('knows nobody who is not there, is no user, or has no proper ref', async () => {
    const people = peopleIn(group('cloud-admins'));

    expect(await people.find('user:default/nobody')).toBeUndefined();
    expect(await people.find('group:default/cloud-admins')).toBeUndefined();
    expect(await people.find('mary@example.com')).toBeUndefined();
  });

  it('reads membership at every question, not once (I13)', async () => {
    const mary = user('mary', ['cloud-admins']);
    const people = peopleIn(mary, group('cloud-admins'));
    await people.find('user:default/mary');
    mary.spec!.memberOf = [];

    expect((await people.find('user:default/mary'))?.groups.size).toBe(0);
  });

  it('reads levels, not people, one at a time', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `member-${index}`);
    const { catalog, reader } = aCatalog(
      ...names.map(name => user(name, ['team'])),
      hasMember(group('team', { parent: 'company' }), ...names),
      group('company'),
    );
    const reads = jest.spyOn(catalog, 'getEntitiesByRefs');
    const people = new CatalogPeople(reader, config);

    expect(
      await people.members({ groups: ['group:default/team'], users: [] }, 50),
    ).toHaveLength(30);
    expect(reads.mock.calls.length).toBeLessThan(10);
  });

  it('fails closed where the catalog cannot be read', async () => {
    const { catalog, reader } = aCatalog(user('mary'));
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('down'));

    await expect(
      new CatalogPeople(reader, config).find('user:default/mary'),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      code: 'catalog-unavailable',
    });
  });
});

describe('I13: trust of people', () => {
  const admins = group('cloud-admins');

  it('pitfall 34: a user from an untrusted origin is nobody', async () => {
    expect(
      await groupsOf(
        'mallory',
        untrusted(user('mallory', ['cloud-admins'])),
        admins,
      ),
    ).toBeUndefined();
  });

  it('a relation alone, made by what an untrusted entity claims, grants nothing', async () => {
    expect(
      await groupsOf(
        'mallory',
        inGroup(user('mallory'), 'cloud-admins'),
        admins,
      ),
    ).toEqual([]);
  });

  it('an untrusted group cannot name its members, and counts for nothing', async () => {
    const evil = untrusted(group('cloud-admins', { members: ['mallory'] }));

    expect(
      await groupsOf('mallory', inGroup(user('mallory'), 'cloud-admins'), evil),
    ).toEqual([]);
    expect(
      await groupsOf('mary', user('mary', ['cloud-admins']), evil),
    ).toEqual([]);
  });

  it('an untrusted group cannot make itself the child of another', async () => {
    expect(
      await groupsOf(
        'mallory',
        user('mallory', ['evil']),
        untrusted(group('evil', { parent: 'cloud-admins' })),
        admins,
      ),
    ).toEqual([]);
  });

  it('an untrusted group cannot adopt a group that others are in', async () => {
    expect(
      await groupsOf(
        'mary',
        user('mary', ['team']),
        related(group('team'), 'childOf', ref('group', 'evil')),
        untrusted(group('evil', { children: ['team'] })),
      ),
    ).toEqual(['group:default/team']);
  });

  it('pitfall 35: who left the group is no member any more, whatever relations still say', async () => {
    expect(
      await groupsOf('frank', inGroup(user('frank'), 'cloud-admins'), admins),
    ).toEqual([]);
  });
});

describe('CatalogPeople.members', () => {
  const entities = [
    user('mary', ['cloud-admins']),
    inGroup(user('daniel'), 'cloud-admins'),
    user('zoe', ['night-shift']),
    hasMember(group('cloud-admins', { members: ['daniel'] }), 'mary', 'daniel'),
    hasMember(group('night-shift', { parent: 'cloud-admins' }), 'zoe'),
  ];
  const admins = related(entities[3], 'parentOf', ref('group', 'night-shift'));
  const all = [...entities.slice(0, 3), admins, entities[4]];

  it('finds members of a group and of its children, by name', async () => {
    expect(await namesIn('cloud-admins', ...all)).toEqual([
      'user:default/daniel',
      'user:default/mary',
      'user:default/zoe',
    ]);
  });

  it('leaves out whom only an untrusted entity puts there', async () => {
    const evil = untrusted(user('mallory', ['cloud-admins']));
    const claimed = hasMember(admins, 'mallory');

    expect(await namesIn('cloud-admins', ...all, evil, claimed)).not.toContain(
      'user:default/mallory',
    );
  });

  it('is empty for a group without members, or without existence (pitfall 7)', async () => {
    expect(await namesIn('nobody', ...all, group('nobody'))).toEqual([]);
    expect(await namesIn('ghosts', ...all)).toEqual([]);
  });

  it('adds people by name, and stops at the limit', async () => {
    const members = await peopleIn(...all).members(
      { groups: ['group:default/night-shift'], users: ['user:default/daniel'] },
      1,
    );

    expect(members.map(person => person.ref)).toEqual(['user:default/daniel']);
  });

  it('I1: names a person with two entities once', async () => {
    const twice = [
      user('carla', ['ciso'], { [KEY]: 'E-7' }),
      user('carla-admin', ['ciso'], { [KEY]: 'e-7' }),
      hasMember(group('ciso'), 'carla', 'carla-admin'),
    ];

    expect(await namesIn('ciso', ...twice)).toEqual(['user:default/carla']);
  });
});

describe('what counts against a person', () => {
  const not = (groups: string[], users: string[] = []) => ({
    groups: groups.map(name => ref('group', name)),
    users: users.map(name => ref('user', name)),
    accountOwner: false,
  });

  it('I1: two entities of one person have one key', async () => {
    const people = peopleIn(
      user('sven', [], { [KEY]: 'E-1' }),
      user('sven-admin', [], { [KEY]: 'E-1' }),
    );
    const [one, two] = await Promise.all(
      ['sven', 'sven-admin'].map(name => people.find(ref('user', name))),
    );

    expect(one!.key).toBe(two!.key);
  });

  it('I1: an exclusion meets every entity of the same person', async () => {
    const sven = await peopleIn(
      user('sven', ['management'], { [KEY]: 'E-1' }),
      user('sven-admin', ['platform'], { [KEY]: 'E-1' }),
      group('management'),
      group('platform'),
    ).find('user:default/sven');

    expect([...sven!.groups]).toEqual(['group:default/management']);
    expect(isExcluded(not(['platform']), sven!)).toBe(true);
    expect(isExcluded(not([], ['sven-admin']), sven!)).toBe(true);
    expect(isExcluded(not(['auditors']), sven!)).toBe(false);
  });

  it('I1: an excluded group that is gone from the catalog still excludes', async () => {
    const mary = await peopleIn(
      user('mary', ['cloud-admins']),
      group('cloud-admins', { parent: 'platform' }),
    ).find('user:default/mary');

    expect(mary!.groups.has('group:default/platform')).toBe(false);
    expect(isExcluded(not(['platform']), mary!)).toBe(true);
  });

  it('nobody can exclude another by an untrusted entity', async () => {
    const sven = await peopleIn(
      inGroup(user('sven', [], { [KEY]: 'E-1' }), 'platform'),
      untrusted(group('platform', { members: ['sven'] })),
      untrusted(user('fake', ['platform'], { [KEY]: 'E-1' })),
    ).find('user:default/sven');

    expect(isExcluded(not(['platform'], ['fake']), sven!)).toBe(false);
  });
});

describe('one human being with several entities', () => {
  const mailed = (name: string, email: string, memberOf: string[] = []) => {
    const entity = user(name, memberOf);
    entity.spec!.profile = { email };
    return entity;
  };
  const refsOf = async (name: string, ...entities: Entity[]) => {
    const person = await peopleIn(...entities).find(ref('user', name));
    return [...person!.against!.refs].sort();
  };

  it('I1: one e-mail address is one human being, case aside, whatever the keys', async () => {
    const entities = [
      mailed('mary', 'Mary@Example.com'),
      mailed('mary-2', 'mary@example.COM'),
      mailed('daniel', 'daniel@example.com'),
    ];

    expect(await refsOf('mary', ...entities)).toEqual([
      'user:default/mary',
      'user:default/mary-2',
    ]);
    expect(await refsOf('daniel', ...entities)).toEqual([
      'user:default/daniel',
    ]);
  });

  it('I1: and so is a chain of keys and addresses', async () => {
    const two = mailed('two', 'one@example.com');
    two.metadata.annotations![KEY] = 'E-7';

    expect(
      await refsOf(
        'one',
        mailed('one', 'one@example.com'),
        two,
        user('three', [], { [KEY]: 'e-7' }),
      ),
    ).toEqual(['user:default/one', 'user:default/three', 'user:default/two']);
  });

  it('I13: an untrusted entity cannot make itself somebody by their address', async () => {
    expect(
      await refsOf(
        'mary',
        mailed('mary', 'mary@example.com'),
        untrusted(mailed('fake', 'mary@example.com')),
      ),
    ).toEqual(['user:default/mary']);
  });

  it('I1: names them once, and an exclusion meets all of them', async () => {
    const entities = [
      mailed('carla', 'carla@example.com', ['ciso']),
      mailed('carla-2', 'carla@example.com', ['ciso', 'platform']),
      hasMember(group('ciso'), 'carla', 'carla-2'),
      group('platform'),
    ];
    const carla = await peopleIn(...entities).find('user:default/carla');

    expect(await namesIn('ciso', ...entities)).toEqual(['user:default/carla']);
    expect(
      isExcluded(
        { groups: ['group:default/platform'], users: [], accountOwner: false },
        carla!,
      ),
    ).toBe(true);
  });
});

describe('CatalogPeople.everybody', () => {
  it('says the same of each as looking them up one by one', async () => {
    const mary = user('mary', ['cloud-admins'], { [KEY]: 'E-1' });
    mary.spec!.profile = { email: 'mary@example.com' };
    const other = user('mary-2', ['night-shift'], { [KEY]: 'E-2' });
    other.spec!.profile = { email: 'MARY@example.com' };
    const people = peopleIn(
      mary,
      other,
      user('zoe', [], { [KEY]: 'e-2' }),
      untrusted(user('mallory', ['cloud-admins'], { [KEY]: 'E-1' })),
      group('cloud-admins', { parent: 'platform' }),
      related(group('platform'), 'childOf', ref('group', 'company')),
      group('company', { children: ['platform'] }),
      group('night-shift', { parent: 'gone' }),
    );
    const everybody = await people.everybody();

    expect(everybody.map(each => each.ref)).toEqual([
      'user:default/mary',
      'user:default/mary-2',
      'user:default/zoe',
    ]);
    for (const each of everybody) {
      expect(each).toEqual(await people.find(each.ref));
    }
  });
});

describe('CatalogPeople.names', () => {
  it('calls by title whom it trusts, and all others by their ref', async () => {
    const mary = user('mary');
    mary.spec!.profile = { displayName: 'Mary Novak' };
    const evil = untrusted(user('mallory'));
    evil.spec!.profile = { displayName: 'Mary Novak' };

    expect(
      await peopleIn(mary, evil).names([
        'user:default/mary',
        'user:default/mallory',
        'user:default/gone',
      ]),
    ).toEqual(
      new Map([
        ['user:default/mary', 'Mary Novak'],
        ['user:default/mallory', 'user:default/mallory'],
        ['user:default/gone', 'user:default/gone'],
      ]),
    );
  });
});
