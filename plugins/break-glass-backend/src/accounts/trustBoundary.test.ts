import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ErrorCode,
  LeaseDetail,
  LeaseRequest,
} from 'backstage-plugin-break-glass-common';
import { Knex } from 'knex';
import { TrustedOrigin } from '../config/types';
import { createDatabase, migrate } from '../database';
import { aPendingLease, aRequest, decisionOn } from '../testing/aLease';
import { anEntity, related, untrusted } from '../testing/catalog';
import { demoEntities } from '../testing/demoEntities';
import { aUseRow } from '../testing/unbrokeredRows';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { isTrusted } from './trustedOrigin';

jest.setTimeout(120_000);

// The units are in CatalogPeople.test.ts, CatalogAccountDirectory.test.ts and trustedOrigin.test.ts.

const TIER = 'example.com/tier';
const STATUS = 'amazonaws.com/account-status';
const ID = 'amazonaws.com/account-id';
const OTHER_ID = 'amazon.com/account-id';
const PAYROLL_ID = '111122223333';
const PAYMENTS = 'resource:default/payments';

/** What the catalog holds besides the demo: what somebody writes who may edit some file. */
function hostileEntities(): Entity[] {
  const everything = [
    ...['cloud-admins', 'incident-responders', 'security-reviewers'],
    ...['auditors', 'payments-developers'],
  ];
  return [
    // Says of herself that she is in every group; the catalog relates her to all of them.
    related(
      untrusted(anEntity('User', 'mallory', { memberOf: everything })),
      'memberOf',
      ...everything.map(name => `group:default/${name}`),
    ),
    // Say that Frank, who is in no group, is in theirs, and that theirs are below those that count.
    ...everything.map(name =>
      related(
        related(
          untrusted(
            anEntity('Group', `evil-${name}`, {
              members: ['frank'],
              parent: name,
              children: [],
            }),
          ),
          'hasMember',
          'user:default/frank',
        ),
        'childOf',
        `group:default/${name}`,
      ),
    ),
    // Claims an account, with what would choose a weaker policy and another owner for it.
    untrusted(
      anEntity(
        'Resource',
        'thief',
        { type: 'cloud-account', owner: 'user:default/mallory' },
        { [ID]: PAYROLL_ID },
      ),
    ),
  ];
}

/** The demo's entities and these; Frank stands in relation to all groups that claim him. */
function entities(): Entity[] {
  const hostile = hostileEntities();
  const claims = hostile
    .filter(({ kind }) => kind === 'Group')
    .map(stringifyEntityRef);
  const demo = demoEntities().map(entity =>
    entity.kind === 'User' && entity.metadata.name === 'frank'
      ? related(entity, 'memberOf', ...claims)
      : entity,
  );
  const payments = demo.find(
    entity => stringifyEntityRef(entity) === PAYMENTS,
  )!;
  const ofTwoIds: Entity = {
    ...payments,
    metadata: {
      ...payments.metadata,
      name: 'of-two-ids',
      annotations: {
        ...payments.metadata.annotations,
        'amazonaws.com/arn': 'arn:aws:iam::999900001111:root',
        [ID]: '999900001111',
        [OTHER_ID]: '999900002222',
      },
    },
  };
  return [...demo, ofTwoIds, ...hostile];
}

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

// SQLite alone: who and what is trusted is no matter of the database.
describe('the catalog as a trust boundary', () => {
  const catalog = entities();
  const before = structuredClone(catalog);
  let knex: Knex;
  let portal: TestPortal;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await migrate(knex);
    portal = await startTestPortal({
      knex,
      entities: catalog,
      configure: section => {
        const role = section.roles.find(
          (each: any) => each.id === 'break-glass',
        );
        role.approvalOverrides.push({
          accounts: { labels: { [TIER]: ['critical'] } },
          approvalPolicy: 'two-roles',
        });
        section.limits = { requestsPerHour: 1_000 };
      },
    });
  });
  afterAll(async () => {
    await portal.stop();
    await knex.destroy();
  });
  afterEach(async () => {
    catalog.forEach((entity, index) => Object.assign(entity, before[index]));
    portal.clock.advance({ hours: 12 });
    await portal.runTask('break-glass-record-due');
  });

  /** Edits an entity of the catalog, as of now. */
  function edit(ref: string, change: (entity: Entity) => Entity) {
    const entity = catalog.find(each => stringifyEntityRef(each) === ref)!;
    Object.assign(entity, change(structuredClone(entity)));
  }
  const leave = (name: string, group: string) =>
    edit(`user:default/${name}`, user => ({
      ...user,
      spec: {
        ...user.spec,
        memberOf: (user.spec!.memberOf as string[]).filter(
          each => each !== group,
        ),
      },
    }));
  const annotate = (name: string, value: string) => (entity: Entity) => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: { ...entity.metadata.annotations, [name]: value },
    },
  });
  const label = (name: string, value: string) => (entity: Entity) => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      labels: { ...entity.metadata.labels, [name]: value },
    },
  });
  const ownedBy = (owner: string) => (entity: Entity) => ({
    ...entity,
    spec: { ...entity.spec, owner },
  });

  const refsOf = (accounts: Array<{ ref: string }>) =>
    accounts.map(({ ref }) => ref);
  const request = (person: string, change: Partial<LeaseRequest> = {}) =>
    portal.refusal(person, 'requestLease', { body: aRequest(change) });
  const decide = (person: string, lease: LeaseDetail) =>
    portal.refusal(person, 'decideLease', decisionOn(lease));
  const issue = (person: string, { id }: LeaseDetail) =>
    portal.refusal(person, 'createSession', {
      params: { id },
      body: { type: 'credentials' },
    });
  const standing = (person: string, name = 'payroll') =>
    portal.refusal(person, 'createStandingSession', {
      params: { kind: 'resource', namespace: 'default', name },
      body: { roleId: 'read-only', type: 'credentials' },
    });
  const onPayments = { accountRef: PAYMENTS, beneficiary: undefined };
  const active = async (change: Partial<LeaseRequest> = {}) => {
    const lease = await aPendingLease(portal, change);
    return portal.as('daniel', 'decideLease', decisionOn(lease));
  };

  describe('people', () => {
    it('I13: a user from an untrusted origin is nobody, whatever groups they name', async () => {
      const lease = await aPendingLease(portal, onPayments);
      const of = { params: { id: lease.id } };
      const attempts = [
        await request('mallory'),
        await decide('mallory', lease),
        await issue('mallory', lease),
        await standing('mallory', 'payments'),
        await portal.refusal('mallory', 'getLease', of),
        await portal.refusal('mallory', 'listLeases', { query: {} }),
        await portal.refusal('mallory', 'listAudit', { query: {} }),
        await portal.refusal('mallory', 'revokeLease', { ...of, body: {} }),
        await portal.refusal('mallory', 'raisePanic', {
          body: { target: { kind: 'all' }, reason: 'Because' },
        }),
      ];
      expect(attempts).toEqual(attempts.map(() => 'person-unknown'));
    });

    it('I13: groups from untrusted origins give nobody anything, as members or as children of those that count', async () => {
      const lease = await aPendingLease(portal, onPayments);
      const of = { params: { id: lease.id } };
      expect(await portal.as('frank', 'me', {})).toMatchObject({
        groups: [],
        eligibleRoles: [],
        reviewer: false,
        responder: false,
        auditor: false,
      });
      expect(await request('frank')).toBe('not-eligible');
      expect(await decide('frank', lease)).toBe('lease-unknown');
      expect(await standing('frank', 'payments')).toBe('not-eligible');
      expect(
        await portal.refusal('frank', 'revokeLease', { ...of, body: {} }),
      ).toBe('not-responder');
      expect(await portal.refusal('frank', 'listAudit', { query: {} })).toBe(
        'not-auditor',
      );
    });

    it('I13: a group that moves to an untrusted origin counts no more, for any of its members', async () => {
      edit('group:default/cloud-admins', untrusted);
      expect(await request('mary')).toBe('not-eligible');
    });

    it('I13: a parent from an untrusted origin hands nothing down', async () => {
      const revoke = async () =>
        portal.refusal('priya', 'raisePanic', {
          body: {
            target: { kind: 'person', ref: 'user:default/frank' },
            reason: 'His laptop was stolen',
          },
        });
      // Cloud admins below a group that says it is below the responders.
      const below = (parent: string) => (entity: Entity) =>
        related(
          { ...entity, spec: { ...entity.spec, parent } },
          'childOf',
          `group:default/${parent}`,
        );
      edit('group:default/cloud-admins', below('evil-incident-responders'));
      expect(await revoke()).toBe('not-responder');
      edit('group:default/cloud-admins', below('incident-responders'));
      expect(await revoke()).toBeUndefined();
    });

    it('I13: nobody from an untrusted origin is asked for, or given work', async () => {
      expect(
        await request('mary', { beneficiary: 'user:default/mallory' }),
      ).toBe('beneficiary-unknown');
      const use = aUseRow();
      await createDatabase(knex).unbrokered.insert(use);
      const assign = (owner: string) =>
        portal.refusal('oscar', 'assignUnbrokered', {
          params: { id: use.id },
          body: { owner },
        });
      expect(await assign('user:default/mallory')).toBeDefined();
      expect(await assign('group:default/evil-auditors')).toBeDefined();
      expect(await assign('user:default/nadia')).toBeUndefined();
    });

    it('I13: who left between request and decision decides nothing, and gets nothing by what others approve', async () => {
      const lease = await aPendingLease(portal);
      leave('daniel', 'cloud-admins');
      expect(await decide('daniel', lease)).toBe('lease-unknown');
      leave('mary', 'cloud-admins');
      expect(await decide('priya', lease)).toBeUndefined();
      expect(await issue('mary', lease)).toBe('not-eligible');
    });

    it('I13: who left between decision and issue gets nothing, and ends their lease all the same', async () => {
      const lease = await active();
      leave('mary', 'cloud-admins');
      expect(await issue('mary', lease)).toBe('not-eligible');
      edit('user:default/mary', untrusted);
      expect(await issue('mary', lease)).toBe('person-unknown');
      expect(
        await portal.refusal('mary', 'endLease', {
          params: { id: lease.id },
          body: {},
        }),
      ).toBeUndefined();
    });
  });

  describe('owners', () => {
    it.each<[string, () => void]>([
      [
        'from an untrusted origin',
        () => edit('group:default/payments-developers', untrusted),
      ],
      ['that is unknown', () => edit(PAYMENTS, ownedBy('unknown'))],
      ['that is not there', () => edit(PAYMENTS, ownedBy('ghosts'))],
      [
        'that is a user from an untrusted origin',
        () => edit(PAYMENTS, ownedBy('user:default/mallory')),
      ],
    ])(
      'I13: an owner %s satisfies no step, and has no standing role',
      async (_, change) => {
        change();
        const { warnings } = await portal.as('mary', 'previewLease', {
          body: aRequest(onPayments),
        });
        expect(warnings.map(({ code }) => code)).toContain(
          'nobody-can-approve',
        );
        const lease = await aPendingLease(portal, onPayments);
        expect(await decide('peter', lease)).toBe('lease-unknown');
        expect(await decide('mallory', lease)).toBe('person-unknown');
        expect(await decide('daniel', lease)).toBeUndefined();
        expect(await decide('priya', lease)).toBe('already-decided');
        expect(await issue('mary', lease)).toBe('no-active-lease');
        expect(await standing('peter', 'payments')).toBe('not-eligible');
      },
    );

    it.each<[string, () => void]>([
      ['is another', () => edit(PAYMENTS, ownedBy('auditors'))],
      [
        'comes from an untrusted origin by now',
        () => edit('group:default/payments-developers', untrusted),
      ],
    ])(
      'I13: where the owner %s, nothing is decided between request and approval, nor issued after it',
      async (_, change) => {
        const pending = await aPendingLease(portal, onPayments);
        const approved = await aPendingLease(portal, {
          ...onPayments,
          profileId: 'read-everything',
        });
        await portal.as('daniel', 'decideLease', decisionOn(approved));
        await portal.as('peter', 'decideLease', decisionOn(approved));
        change();
        expect(await decide('daniel', pending)).toBe('scope-drift');
        expect(await issue('mary', approved)).toBe('scope-drift');
      },
    );
  });

  describe('accounts', () => {
    const ofThief = { accountRef: 'resource:default/thief' };

    it('I13: an account from an untrusted origin is not used, whatever id, owner and labels it names', async () => {
      edit('resource:default/thief', label(TIER, 'low'));
      expect(await request('mary', ofThief)).toBe('account-untrusted');
      expect(
        await portal.refusal('mary', 'previewLease', {
          body: aRequest(ofThief),
        }),
      ).toBeUndefined();
      expect(await standing('alice', 'thief')).toBe('account-untrusted');
    });

    it('I13: it changes nothing of the account whose id it claims', async () => {
      edit('resource:default/thief', label(STATUS, 'suspended'));
      const lease = await active();
      expect(await issue('mary', lease)).toBeUndefined();
      expect(await standing('alice')).toBeUndefined();
    });

    it('I13: a label chooses a policy only on the account that carries it, from a trusted origin', async () => {
      edit('resource:default/thief', label(TIER, 'critical'));
      const usual = await aPendingLease(portal);
      expect(usual.steps.map(({ id }) => id)).toEqual(['second-admin']);
      edit('resource:default/payroll', label(TIER, 'critical'));
      const strict = await aPendingLease(portal, {
        profileId: 'read-everything',
      });
      expect(strict.steps.map(({ id }) => id)).toEqual(['ciso', 'management']);
      edit('resource:default/payroll', untrusted);
      expect(await request('mary', { profileId: 'contain-incident' })).toBe(
        'account-untrusted',
      );
    });

    it('I13: an entity that names two ids in two dialects is refused by name, and so is another that claims either', async () => {
      const accountRef = 'resource:default/of-two-ids';
      expect(await request('mary', { accountRef })).toBe('account-untrusted');
      const problems = async (name: string) => {
        const account = await portal.as('mary', 'getAccount', {
          params: { kind: 'resource', namespace: 'default', name },
        });
        return account.problems.map(({ code, message }) => [code, message]);
      };
      expect(await problems('of-two-ids')).toEqual([
        ['malformed-id', expect.stringContaining(accountRef)],
      ]);
      edit('resource:default/data-lake', annotate(OTHER_ID, '999900002222'));
      expect(await problems('data-lake')).toEqual([
        ['duplicate-id', expect.stringContaining(accountRef)],
      ]);
      expect(
        await request('mary', { accountRef: 'resource:default/data-lake' }),
      ).toBe('account-untrusted');
    });

    it('I13: those that cannot be used are listed with the reason and what to do, each once, and no other', async () => {
      edit('resource:default/payroll', label(STATUS, 'suspended'));
      const found: Array<[string, string[]]> = [];
      let cursor: string | undefined;
      do {
        const page = await portal.as('ada', 'listAccounts', {
          query: { usable: 'false', limit: 2, cursor },
        });
        page.items.forEach(({ ref, problems }) => {
          found.push([ref, problems.map(({ code }) => code)]);
          problems.forEach(({ message, fix }) => {
            expect(message).not.toBe('');
            expect(fix).not.toBe('');
          });
        });
        cursor = page.nextCursor;
      } while (cursor);
      const { items: usable } = await portal.as('ada', 'listAccounts', {
        query: { usable: 'true', limit: 100 },
      });
      const { items: all } = await portal.as('ada', 'listAccounts', {
        query: { limit: 100 },
      });
      expect(Object.fromEntries(found)).toMatchObject({
        'resource:default/of-two-ids': ['malformed-id'],
        'resource:default/payroll': ['suspended'],
        'resource:default/shadow-payroll': ['untrusted-origin'],
        'resource:default/thief': ['untrusted-origin'],
      });
      expect([...found.map(([ref]) => ref), ...refsOf(usable)].sort()).toEqual(
        refsOf(all).sort(),
      );
    });

    it('I13: a suspended account is refused to requesters and owners', async () => {
      edit('resource:default/payroll', label(STATUS, 'suspended'));
      expect(await request('mary')).toBe('account-untrusted');
      expect(await standing('alice')).toBe('account-untrusted');
    });

    type Drift = [string, () => void, ErrorCode, ErrorCode | undefined];
    it.each<Drift>([
      [
        'another id',
        () =>
          edit('resource:default/payroll', entity =>
            annotate(
              'amazonaws.com/arn',
              'arn:aws:iam::999900003333:root',
            )(annotate(ID, '999900003333')(entity)),
          ),
        'scope-drift',
        'scope-drift',
      ],
      [
        'another region',
        () =>
          edit(
            'resource:default/payroll',
            annotate('amazonaws.com/region', 'us-east-1'),
          ),
        'scope-drift',
        'scope-drift',
      ],
      [
        'an untrusted origin',
        () => edit('resource:default/payroll', untrusted),
        'scope-drift',
        'scope-drift',
      ],
      [
        'the label of a suspended account',
        () => edit('resource:default/payroll', label(STATUS, 'suspended')),
        'scope-drift',
        'scope-drift',
      ],
      [
        // What was approved under the policy that held then stays approved.
        'a label that chooses another policy',
        () => edit('resource:default/payroll', label(TIER, 'critical')),
        'not-approver',
        undefined,
      ],
    ])(
      'I13: an account that gets %s is judged anew: at the decision, and at the issue',
      async (_, change, atDecision, atIssue) => {
        const pending = await aPendingLease(portal, {
          profileId: 'read-everything',
        });
        const approved = await active();
        change();
        expect(await decide('daniel', pending)).toBe(atDecision);
        expect(await issue('mary', approved)).toBe(atIssue);
      },
    );
  });
});

describe('origins', () => {
  const origin = (change: object = {}): TrustedOrigin => ({
    type: 'url',
    host: 'github.com',
    repository: 'org/catalog',
    branch: 'release/2',
    path: 'teams/team',
    ...change,
  });
  const trusts = (location: string, by = origin()) =>
    isTrusted(
      anEntity(
        'Group',
        'team',
        {},
        {
          'backstage.io/managed-by-location': `url:${location}`,
          'backstage.io/managed-by-origin-location': `url:${location}`,
        },
      ),
      [by],
    );

  it('I13: a branch with slashes is matched as a whole', () => {
    expect(
      trusts('https://github.com/org/catalog/blob/release/2/teams/team/a.yaml'),
    ).toBe(true);
  });

  it.each([
    ['a branch that goes on', 'blob/release/2-evil/teams/team/a.yaml'],
    ['a branch below it', 'blob/release/2/evil/teams/team/a.yaml'],
    ['a branch above it', 'blob/release/teams/team/a.yaml'],
    ['a branch before it', 'blob/evil/release/2/teams/team/a.yaml'],
    ['its slash encoded', 'blob/release%2F2/teams/team/a.yaml'],
    ['its slash encoded twice', 'blob/release%252F2/teams/team/a.yaml'],
    ['its slash turned', 'blob/release\\2/teams/team/a.yaml'],
    ['a folder that goes on', 'blob/release/2/teams/team-evil/a.yaml'],
    ['a folder that begins before', 'blob/release/2/teams/evil-team/a.yaml'],
    ['a folder of another case', 'blob/release/2/teams/Team/a.yaml'],
    ['a folder within another', 'blob/release/2/evil/teams/team/a.yaml'],
    ['a space behind', 'blob/release/2/teams/team /a.yaml'],
    ['a parameter in the path', 'blob/release/2/teams/team;x/a.yaml'],
  ])('I13: %s grants nothing', (_, rest) => {
    expect(trusts(`https://github.com/org/catalog/${rest}`)).toBe(false);
  });

  const path = '/org/catalog/blob/release/2/teams/team/a.yaml';
  it.each([
    ['a host that goes on', `https://github.com.evil.example${path}`],
    ['a host that begins before', `https://evilgithub.com${path}`],
    ['a host below', `https://x.github.com${path}`],
    ['a host with a dot behind', `https://github.com.${path}`],
    ['a host in letters that look alike', `https://gіthub.com${path}`],
    ['a host with a line break in it', `https://git\nhub.com${path}`],
    ['a host before an @', `https://github.com@evil.example${path}`],
    ['a host before an encoded @', `https://github.com%40evil.example${path}`],
    ['a host before a backslash', `https://github.com\\@evil.example${path}`],
    ['a user and a password', `https://a:b@github.com${path}`],
    ['an empty user', `https://@github.com${path}`],
    ['another port', `https://github.com:8443${path}`],
    ['the default port, written', `https://github.com:443${path}`],
    ['an empty port', `https://github.com:${path}`],
    ['another scheme', `ssh://github.com${path}`],
    ['one slash', `https:/github.com${path}`],
    ['three slashes', `https:///github.com${path}`],
    ['a space before', ` https://github.com${path}`],
  ])('I13: %s grants nothing', (_, location) => {
    expect(trusts(location)).toBe(false);
  });

  it('I13: a port is part of the host', () => {
    const by = origin({ host: 'git.example.com:8443' });
    expect(trusts(`https://git.example.com:8443${path}`, by)).toBe(true);
    expect(trusts(`https://git.example.com${path}`, by)).toBe(false);
    expect(trusts(`https://git.example.com:8444${path}`, by)).toBe(false);
  });
});
