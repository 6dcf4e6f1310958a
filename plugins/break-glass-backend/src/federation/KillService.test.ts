import {
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { IssuedSession } from 'backstage-plugin-break-glass-common';
import { LeaseRow } from '../database/types';
import { frozenKill } from '../leases/frozenKill';
import { anId } from '../testing/rows';
import { asSession, keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
const REFUSED = 'with an explicit deny in a permissions boundary';
const BOUNDARY =
  'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary';

describeFederation(aWorld => {
  const issue = (world: FederationWorld, lease: LeaseRow) =>
    world.federation().sessions.issue(MARY, lease.id, { type: 'credentials' });

  const use = (world: FederationWorld, session: IssuedSession) =>
    asSession(world, keysOf(session)).s3.send(new ListBucketsCommand({}));

  /** What the boundary denies, as IAM has it. */
  function deniedIn(world: FederationWorld): string[] {
    const policy = world.sandbox.world.managedPolicy(BOUNDARY)!;
    const text = JSON.stringify(policy.current.stored.document);
    const found = text.matchAll(/\*:\*@([0-9A-Z]{26})/g);
    return [...new Set([...found].map(match => match[1]))].sort();
  }

  const versionsIn = (world: FederationWorld) =>
    world.sandbox.world.managedPolicy(BOUNDARY)!.versions.map(({ id }) => id);

  describe('killing', () => {
    it('I4: refuses every call that needs permission, and shows requested, accepted, probed', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const session = await issue(world, lease);
      await use(world, session);
      await world.end(lease);
      expect(await world.killOf(lease)).toBe('requested');

      await world.federation().kills.kill(lease.id);

      await expect(use(world, session)).rejects.toThrow(REFUSED);
      await asSession(world, keysOf(session)).sts.send(
        new GetCallerIdentityCommand({}),
      );
      expect(await world.database.leases.get(lease.id)).toMatchObject({
        kill: 'probed',
        killAcceptedAt: world.clock.now(),
        killProbedAt: world.clock.now(),
      });
      expect((await world.audited()).map(({ action }) => action)).toEqual([
        'session.issuing',
        'session.issued',
        'lease.kill',
        'lease.kill-probe',
      ]);
    });

    it('I4, I9: kills leases of roles that left the configuration, and no kill undoes another', async () => {
      const world = await aWorld();
      const place = { partition: 'aws', accountId: '111122223333' } as const;
      const frozen = frozenKill(world.config, world.config.roles[0], place);
      const leases = [
        await world.activeLease({}, frozen),
        await world.activeLease({}, frozen),
      ];
      const sessions = [];
      for (const lease of leases) {
        sessions.push(await issue(world, lease));
        await world.end(lease);
      }
      await world.knex('leases').where({ id: leases[1].id }).update({
        role_arn: 'arn:aws:iam::111122223333:role/Renamed',
      });
      world.config.roles.splice(0);

      await world.federation().kills.kill(leases[0].id);

      expect(deniedIn(world)).toEqual(leases.map(({ id }) => id).sort());
      for (const session of sessions) {
        await expect(use(world, session)).rejects.toThrow(REFUSED);
      }
      expect(await world.killOf(leases[0])).toBe('probed');
    });

    it('I9: pitfall 9: leaves another lease of the same person, role and account alone', async () => {
      const world = await aWorld();
      const [ended, other] = [
        await world.activeLease(),
        await world.activeLease(),
      ];
      const [first, second] = [
        await issue(world, ended),
        await issue(world, other),
      ];
      await world.end(ended);
      await world.federation().kills.kill(ended.id);
      await expect(use(world, first)).rejects.toThrow(REFUSED);
      await use(world, second);
      await use(world, await issue(world, other));
    });

    it('I9: does not touch a lease that is still active, whatever message asks for it', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const session = await issue(world, lease);
      await world.federation().kills.kill(lease.id);
      await use(world, session);
      expect(await world.killOf(lease)).toBe('none');

      world.config.roles[0].kill = { type: 'none' };
      await world.federation().kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('none');
      expect(versionsIn(world)).toEqual(['v1']);
    });

    it('kills nothing where there is no such lease', async () => {
      const world = await aWorld();
      await world.federation().kills.kill(anId());
      expect(versionsIn(world)).toEqual(['v1']);
    });

    it('I4: changes nothing when it is repeated', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      const { kills } = world.federation();
      await kills.kill(lease.id);
      const before = await world.database.leases.get(lease.id);
      await kills.kill(lease.id);
      expect(await world.database.leases.get(lease.id)).toEqual(before);
      expect(versionsIn(world)).toEqual(['v1', 'v2']);
    });

    it('keeps five versions, and deletes the oldest that is not in use', async () => {
      const world = await aWorld();
      const { kills } = world.federation();
      const leases: string[] = [];
      for (let round = 0; round < 7; round++) {
        const lease = await world.activeLease();
        await issue(world, lease);
        await world.end(lease);
        await kills.kill(lease.id);
        leases.push(lease.id);
      }
      expect(deniedIn(world)).toEqual(leases.sort());
      expect(versionsIn(world)).toEqual(['v4', 'v5', 'v6', 'v7', 'v8']);
    });

    it('I9: killing many at once ends with all of them denied', async () => {
      const world = await aWorld();
      const leases = await Promise.all(
        Array.from({ length: 5 }, () => world.activeLease()),
      );
      for (const lease of leases) {
        await issue(world, lease);
        await world.end(lease);
      }
      const { kills } = world.federation();
      await Promise.all(leases.map(lease => kills.kill(lease.id)));
      expect(deniedIn(world)).toEqual(leases.map(({ id }) => id).sort());
    });

    it('drops leases whose credentials have all expired at the next kill', async () => {
      const world = await aWorld();
      const old = await world.activeLease();
      await issue(world, old);
      await world.end(old);
      const { kills } = world.federation();
      await kills.kill(old.id);

      world.clock.pass(60 + 14);
      const next = await world.activeLease();
      await issue(world, next);
      await world.end(next);
      await kills.kill(next.id);
      expect(deniedIn(world)).toEqual([old.id, next.id].sort());

      world.clock.pass(2);
      const last = await world.activeLease();
      await issue(world, last);
      await world.end(last);
      await kills.kill(last.id);
      expect(deniedIn(world)).toEqual([next.id, last.id].sort());
    });

    it('I10: the probe’s credentials are nowhere but in AWS', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      await world.federation().kills.kill(lease.id);
      const [entry] = await world.database.audit.list(
        { action: 'lease.kill-probe' },
        { limit: 1 },
      );
      const probe = world.sandbox.world.credential(
        entry.details.accessKeyId as string,
      );
      expect(probe).toMatchObject({ name: `kill=probe@${lease.id}` });
      const sessions = await world.database.sessions.ofLeases([lease.id]);
      expect(sessions).toHaveLength(1);
    });
  });

  describe('when AWS does not follow', () => {
    it.each(['drop', 'error', 'deny'] as const)(
      'pitfall 12: a failed call (%s) is tried again, shown as requested, and never as done',
      async effect => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const session = await issue(world, lease);
        await world.end(lease);
        const { kills } = world.federation();
        const repair = world.sandbox.faults.inject({ service: 'iam', effect });
        await expect(kills.kill(lease.id)).rejects.toMatchObject({
          code: 'aws-unavailable',
        });
        expect(await world.killOf(lease)).toBe('requested');
        await use(world, session);

        repair();
        await kills.kill(lease.id);
        expect(await world.killOf(lease)).toBe('probed');
        await expect(use(world, session)).rejects.toThrow(REFUSED);
      },
    );

    it('pitfall 12: a broker that cannot reach the killer role is tried again', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      const { kills } = world.federation();
      const repair = world.sandbox.faults.inject({
        service: 'sts',
        effect: 'drop',
      });
      await expect(kills.kill(lease.id)).rejects.toMatchObject({
        code: 'aws-unavailable',
      });
      expect(await world.killOf(lease)).toBe('requested');
      repair();
      await kills.kill(lease.id);
    });

    it('pitfall 12: accepted is not probed: it is probed again until a call is refused', async () => {
      const world = await aWorld({ propagationDelayMs: 60_000 });
      const lease = await world.activeLease();
      const session = await issue(world, lease);
      await world.end(lease);
      const { kills } = world.federation();
      await expect(kills.kill(lease.id)).rejects.toThrow(
        'does not enforce it yet',
      );
      expect(await world.killOf(lease)).toBe('accepted');
      await use(world, session);

      world.clock.pass(1);
      await kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('probed');
      await expect(use(world, session)).rejects.toThrow(REFUSED);
      expect(versionsIn(world)).toEqual(['v1', 'v2']);
    });

    it('the key of a probe that got no answer is on record, or it would pass for a stranger’s', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      const { kills } = world.federation();
      const repair = world.sandbox.faults.inject({
        service: 'iam',
        action: 'GetPolicy',
        effect: 'drop',
      });
      await expect(kills.kill(lease.id)).rejects.toMatchObject({
        code: 'aws-unavailable',
      });
      repair();
      const [probe] = await world.database.audit.list(
        { leaseId: lease.id, action: 'lease.kill-probe' },
        { limit: 1 },
      );
      expect(probe).toMatchObject({
        outcome: 'failed',
        details: { accessKeyId: expect.stringMatching(/^ASIA/) },
      });
    });

    it('stops trying when nothing can live any more, and does not call that done', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      world.clock.pass(60 + 16);
      world.sandbox.faults.inject({ effect: 'drop' });
      await world.federation().kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('requested');
    });

    it('takes the request back where no session was ever issued', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await world.end(lease);
      await world.federation().kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('none');
    });

    it('says where no kill policy is deployed', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      world.config.roles[0].kill = { type: 'none' };
      await world.federation().kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('not-deployed');
    });

    it('pitfall 8: a role that left the configuration stays requested, with what to do', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await issue(world, lease);
      await world.end(lease);
      const roles = world.config.roles.splice(0, 1);
      const { kills } = world.federation();
      await expect(kills.kill(lease.id)).rejects.toThrow(
        'Put the role back into breakGlass.roles',
      );
      expect(await world.killOf(lease)).toBe('requested');
      world.config.roles.unshift({ ...roles[0], id: 'renamed' });
      await kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('probed');
    });
  });

  it('pitfall 36: a killed holder cannot even look at the kill policy', async () => {
    const world = await aWorld();
    const lease = await world.activeLease({ profileId: 'full' });
    const session = await issue(world, lease);
    const { iam } = asSession(world, keysOf(session));
    const { Versions } = await iam.send(
      new ListPolicyVersionsCommand({ PolicyArn: BOUNDARY }),
    );
    expect(Versions).toHaveLength(1);
    await world.end(lease);
    await world.federation().kills.kill(lease.id);
    await expect(
      iam.send(
        new GetPolicyVersionCommand({ PolicyArn: BOUNDARY, VersionId: 'v2' }),
      ),
    ).rejects.toThrow(REFUSED);
  });
});
