import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { aPendingLease, decisionOn } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { demoEntities } from '../testing/demoEntities';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

const step = (id: string, from: object, rest: object = {}) => ({
  id,
  title: `Step ${id}`,
  from,
  ...rest,
});

/** The four policies of the documentation, chosen by profile and by what the catalog says of the account. */
function configure(section: Record<string, any>) {
  const role = section.roles.find((each: any) => each.id === 'break-glass');
  section.approvalPolicies.push(
    {
      id: 'two-of-five',
      steps: [
        step(
          'quorum',
          { users: ['daniel', 'priya', 'carla', 'sven', 'oscar'] },
          { count: 2 },
        ),
      ],
    },
    {
      id: 'no-cloud-people',
      steps: [
        step('ciso', { groups: ['ciso-office'] }),
        step(
          'management',
          { groups: ['senior-management'] },
          { exclude: { groups: ['platform'] } },
        ),
      ],
    },
  );
  role.approvalOverrides = [
    { profiles: ['read-everything'], approvalPolicy: 'two-of-five' },
    {
      accounts: { labels: { 'example.com/tier': 'critical' } },
      approvalPolicy: 'no-cloud-people',
    },
    {
      accounts: { systems: ['payments-system'] },
      approvalPolicy: 'owner-and-admin',
    },
  ];
}

describeDatabases((_name, open) => {
  const portals: TestPortal[] = [];
  const start = async () => {
    const { knex } = await open();
    const portal = await startTestPortal({ knex, configure });
    portals.push(portal);
    return portal;
  };
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(each => each.stop()));
  });
  const waiting = async (portal: TestPortal, person: string) => {
    const query = { view: 'approvals' as const };
    const { items } = await portal.as(person, 'listLeases', { query });
    return items.map(({ id }) => id);
  };
  const decide = (portal: TestPortal, person: string, lease: LeaseDetail) =>
    portal.refusal(person, 'decideLease', decisionOn(lease));
  const statusOf = async (portal: TestPortal, { id }: LeaseDetail) =>
    (await portal.as('mary', 'getLease', { params: { id } })).status;

  describe('approval policies', () => {
    it('second admin: any other one, and nobody else', async () => {
      const portal = await start();
      const lease = await aPendingLease(portal);

      expect(await waiting(portal, 'daniel')).toEqual([lease.id]);
      expect(await waiting(portal, 'carla')).toEqual([]);
      expect(await decide(portal, 'carla', lease)).toBe('lease-unknown');
      expect(await decide(portal, 'daniel', lease)).toBeUndefined();
      expect(await statusOf(portal, lease)).toBe('active');
    });

    it('owner and admin, where the catalog says which system it is: both, in the queue of both', async () => {
      const portal = await start();
      const lease = await aPendingLease(portal, {
        accountRef: 'resource:default/payments',
        beneficiary: undefined,
      });

      expect(lease.steps.map(({ id }) => id)).toEqual(['owner', 'admin']);
      expect(await waiting(portal, 'peter')).toEqual([lease.id]);
      expect(await waiting(portal, 'daniel')).toEqual([lease.id]);
      expect(await waiting(portal, 'alice')).toEqual([]);
      await decide(portal, 'daniel', lease);
      expect(await decide(portal, 'priya', lease)).toBe('already-decided');
      expect(await statusOf(portal, lease)).toBe('pending');
      expect(await decide(portal, 'peter', lease)).toBeUndefined();
      expect(await statusOf(portal, lease)).toBe('active');
    });

    it('two of five, chosen by the profile before the account: two different people', async () => {
      const portal = await start();
      const lease = await aPendingLease(portal, {
        accountRef: 'resource:default/payments',
        profileId: 'read-everything',
        beneficiary: undefined,
      });

      expect(lease.steps.map(({ count }) => count)).toEqual([2]);
      expect(await decide(portal, 'carla', lease)).toBeUndefined();
      expect(await decide(portal, 'carla', lease)).toBe('already-decided');
      expect(await decide(portal, 'peter', lease)).toBe('not-approver');
      expect(await statusOf(portal, lease)).toBe('pending');
      expect(await decide(portal, 'sven', lease)).toBeUndefined();
      expect(await statusOf(portal, lease)).toBe('active');
    });

    it('CISO office and senior management without the platform’s people, by a label', async () => {
      const portal = await start();
      const entity = portal.entities.find(
        ({ kind, metadata }) =>
          kind === 'Resource' && metadata.name === 'payroll',
      )!;
      entity.metadata.labels = { 'example.com/tier': 'critical' };
      const sven = portal.entities.find(
        ({ kind, metadata }) => kind === 'User' && metadata.name === 'sven',
      )!;
      const lease = await aPendingLease(portal);
      sven.spec!.memberOf = ['senior-management', 'platform'];

      expect(await waiting(portal, 'daniel')).toEqual([]);
      expect(await decide(portal, 'sven', lease)).toBe('lease-unknown');
      expect(await decide(portal, 'carla', lease)).toBeUndefined();
      sven.spec!.memberOf = ['senior-management'];
      expect(await decide(portal, 'sven', lease)).toBeUndefined();
      expect(await statusOf(portal, lease)).toBe('active');
    });

    it('a label that changes while a request waits takes nobody’s say away', async () => {
      const entities = demoEntities();
      const { knex } = await open();
      const portal = await startTestPortal({ knex, configure, entities });
      portals.push(portal);
      const lease = await aPendingLease(portal);
      const payroll = entities.find(
        ({ kind, metadata }) =>
          kind === 'Resource' && metadata.name === 'payroll',
      )!;
      payroll.metadata.labels = { 'example.com/tier': 'critical' };

      expect(await decide(portal, 'daniel', lease)).toBe('not-approver');
      expect(await statusOf(portal, lease)).toBe('pending');
    });

    it('the account shows who approves with which profile', async () => {
      const portal = await start();
      const { roles } = await portal.as('mary', 'getAccount', {
        params: { kind: 'resource', namespace: 'default', name: 'payments' },
      });
      const role = roles.find(({ id }) => id === 'break-glass')!;

      expect(
        role.approvalPolicies.map(({ id, profileIds }) => [id, profileIds]),
      ).toEqual([
        [
          'owner-and-admin',
          ['s3-kms-iam', 'unlock-bucket', 'contain-incident', 'hand-over'],
        ],
        ['two-of-five', ['read-everything']],
      ]);
    });
  });
});
