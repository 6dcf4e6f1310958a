import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { asSession, keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };
const denied = expect.objectContaining({
  name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
});

describeFederation(aWorld => {
  describe('who and when', () => {
    it('I3: gives nothing to anybody but the requester', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const as = (name: string) =>
        sessions.issue({ ref: `user:default/${name}` }, lease.id, CREDENTIALS);
      await expect(as('alice')).rejects.toMatchObject({
        code: 'not-requester',
      });
      for (const stranger of ['daniel', 'frank']) {
        await expect(as(stranger)).rejects.toMatchObject({
          code: 'lease-unknown',
        });
      }
      await expect(as('ghost')).rejects.toMatchObject({
        code: 'person-unknown',
      });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
      expect(
        (await world.audited()).map(({ outcome, code }) => [outcome, code]),
      ).toEqual([
        ['refused', 'not-requester'],
        ['refused', 'lease-unknown'],
        ['refused', 'lease-unknown'],
        ['refused', 'person-unknown'],
      ]);
    });

    it('pitfall 35: gives nothing to a requester who left the group, or the company', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const mary = world.people.get(MARY.ref)!;
      world.people.set(MARY.ref, { ...mary, groups: new Set() });
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'not-eligible' });
      world.people.delete(MARY.ref);
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'person-unknown' });
    });

    it.each([
      ['pending', { status: 'pending' as const }],
      ['ended', { status: 'ended' as const }],
      ['revoked', { status: 'revoked' as const }],
      ['rejected', { status: 'rejected' as const }],
    ])(
      'I3: gives nothing under a lease that is %s',
      async (_status, change) => {
        const world = await aWorld();
        const lease = await world.activeLease({}, change);
        await expect(
          world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
        ).rejects.toMatchObject({
          name: 'NotAllowedError',
          code: 'no-active-lease',
        });
      },
    );

    it('I3: goes by the clock, whatever a job has recorded', async () => {
      const world = await aWorld();
      const { sessions } = world.federation();
      const now = world.clock.now();
      const later = await world.activeLease({}, { activeFrom: now + 60_000 });
      await expect(
        sessions.issue(MARY, later.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'no-active-lease' });
      const lease = await world.activeLease({ minutes: 30 });
      world.clock.pass(30);
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'no-active-lease' });
    });

    it('shows the same on pages as it enforces', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const explain = async (name: string) => {
        const person = world.people.get(`user:default/${name}`)!;
        const row = (await world.database.leases.get(lease.id))!;
        const { allowed, reasons } = await sessions.explain({ row, person });
        return allowed || reasons[0].code;
      };
      expect(await explain('mary')).toBe(true);
      expect(await explain('alice')).toBe('not-requester');
      await world.end(lease);
      expect(await explain('mary')).toBe('no-active-lease');
    });

    it('pitfall 16: credentials of the last 5 minutes die with the lease', async () => {
      const world = await aWorld();
      const lease = await world.activeLease({ minutes: 60 });
      world.clock.pass(55);
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, CREDENTIALS);
      const keys = keysOf(issued);
      expect(Date.parse(keys.expiration)).toBe(lease.expiresAt);
      expect(issued.warnings).toEqual([
        expect.stringContaining('less than 15 minutes'),
      ]);
      const list = () =>
        asSession(world, keys).s3.send(new ListBucketsCommand({}));
      world.clock.pass(4);
      await list();
      world.clock.pass(1);
      await expect(list()).rejects.toEqual(denied);
      // AWS itself would take them for ten minutes more.
      await asSession(world, keys).sts.send(new GetCallerIdentityCommand({}));
    });
  });

  describe('what was approved', () => {
    it('I2: pitfall 5: issues nothing once the profile changed, and says so from then on', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      world.config.profiles[0].statements[0].Action = ['*'];
      const { sessions } = world.federation();
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ name: 'ConflictError', code: 'scope-drift' });
      const row = (await world.database.leases.get(lease.id))!;
      expect(row.issuingStopped).toContain('changed since it was approved');

      world.config.profiles[0].statements[0].Action = lease.scope.statements[0]
        .Action as string[];
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        code: 'issuing-stopped',
        message: row.issuingStopped,
      });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
      expect(await world.audited()).toEqual([
        {
          action: 'lease.issuing-stopped',
          outcome: 'done',
          code: 'scope-drift',
        },
        { action: 'session.issue', outcome: 'refused', code: 'scope-drift' },
        {
          action: 'session.issue',
          outcome: 'refused',
          code: 'issuing-stopped',
        },
      ]);
    });

    it.each<[string, (world: FederationWorld) => void]>([
      [
        'the account points to another id',
        world => {
          const ref = 'resource:default/payroll';
          const account = world.accounts.get(ref)!;
          world.accounts.set(ref, { ...account, accountId: '222233334444' });
        },
      ],
      [
        'the account is gone',
        world => world.accounts.delete('resource:default/payroll'),
      ],
      [
        'the role is another one',
        world => {
          world.config.roles[0].arn =
            'arn:${partition}:iam::${accountId}:role/Other';
        },
      ],
      [
        'the profile is gone',
        world => {
          world.config.profiles = world.config.profiles.slice(1);
        },
      ],
    ])('I2: pitfall 5: issues nothing once %s', async (_what, change) => {
      const world = await aWorld();
      const lease = await world.activeLease();
      change(world);
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'scope-drift' });
    });

    it('does not stop a lease for an outage of what it is resolved with', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { resolver } = world.dependencies();
      resolver.resolve = async () => {
        throw Object.assign(new Error('the catalog is down'), {
          name: 'ServiceUnavailableError',
        });
      };
      await expect(
        world
          .federation({ resolver })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toThrow('the catalog is down');
      const row = await world.database.leases.get(lease.id);
      expect(row?.issuingStopped).toBeUndefined();
    });
  });
});
