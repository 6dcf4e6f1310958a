import { LeaseRow } from '../database/types';
import { ClosingService } from '../leases';
import { anId, aSessionRow } from '../testing/rows';
import { BoundaryEnforcer } from './BoundaryEnforcer';
import { BoundaryFullError } from './boundaryDocument';
import { ForeignChanges } from './ForeignChanges';
import { OutsideKills } from './OutsideKills';
import { KillService } from './KillService';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';
import { BoundaryPolicies } from './types';

describeFederation(aWorld => {
  /** A boundary policy in memory of which another replica may write an older view. */
  function aPolicy(onReplace: (nth: number) => string | undefined) {
    let document: string = '{}';
    let writes = 0;
    const boundaries: BoundaryPolicies = {
      open: async () => ({
        read: async () => JSON.parse(document),
        history: async () => [],
        replace: async text => {
          writes += 1;
          document = onReplace(writes) ?? text;
          return [];
        },
      }),
    };
    return { boundaries, now: () => document };
  }

  function killer(world: FederationWorld, boundaries: BoundaryPolicies) {
    const deps = { ...world.dependencies(), logger: world.logger };
    return new KillService({
      ...deps,
      enforcer: new BoundaryEnforcer({
        ...deps,
        boundaries,
        outsideKills: new OutsideKills({
          ...deps,
          closing: new ClosingService(deps),
        }),
      }),
      foreignChanges: new ForeignChanges(deps),
      probe: {
        probe: async () => ({ enforced: true, accessKeyId: 'ASIAPROBE' }),
      },
    });
  }

  async function anEndedLease(world: FederationWorld): Promise<LeaseRow> {
    const lease = await world.activeLease();
    await world.database.sessions.insert(
      aSessionRow({ leaseId: lease.id, roleArn: lease.roleArn }),
    );
    await world.end(lease);
    return lease;
  }

  it('I9: writes again where another replica overwrote it with an older view', async () => {
    const world = await aWorld();
    const lease = await anEndedLease(world);
    const policy = aPolicy(nth => (nth === 1 ? '{"older":true}' : undefined));
    await killer(world, policy.boundaries).kill(lease.id);
    expect(policy.now()).toContain(lease.id);
  });

  it('I4: never says accepted while somebody else keeps overwriting it', async () => {
    const world = await aWorld();
    const lease = await anEndedLease(world);
    const policy = aPolicy(nth => `{"older":${nth}}`);
    await expect(
      killer(world, policy.boundaries).kill(lease.id),
    ).rejects.toThrow('changed by somebody else');
    expect(await world.killOf(lease)).toBe('requested');
  });

  it('raises an alarm, and does not say accepted, where the policy is full', async () => {
    const world = await aWorld();
    const first = await anEndedLease(world);
    await world.database.transaction(async stores => {
      for (let n = 0; n < 180; n++) {
        const id = anId();
        const { roleArn } = first;
        await stores.leases.insert({ ...first, id, status: 'ended' });
        await stores.sessions.insert(aSessionRow({ leaseId: id, roleArn }));
      }
    });
    const policy = aPolicy(() => undefined);
    await expect(
      killer(world, policy.boundaries).kill(first.id),
    ).rejects.toThrow(BoundaryFullError);
    expect(world.logger.error).toHaveBeenCalledWith(
      expect.stringContaining('181 leases'),
    );
    expect(await world.killOf(first)).toBe('requested');
  });
});
