// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { statusOf } from '../Snapshot';
import { aHolder, aLeaseThatIs, aResponder } from './draws';
import { commandsOf } from './LifeCommand';

/** A request, or a lease to come, is taken back. */
export const cancelling = commandsOf(
  'cancel',
  fc.record({ caller: aHolder, lease: aLeaseThatIs('pending') }),
  async (world, { caller, lease: pick }) => {
    const lease = world.lease(pick);
    if (lease) {
      const ref = caller ?? lease.requester;
      world.touch(lease.id);
      await world.attempt(ref, () =>
        world.services.closing.cancel({ ref }, lease.id),
      );
    }
  },
);

/** A lease is ended. */
export const ending = commandsOf(
  'end',
  fc.record({ caller: aHolder, lease: aLeaseThatIs('active') }),
  async (world, { caller, lease: pick }) => {
    const lease = world.lease(pick);
    if (lease) {
      const ref = caller ?? lease.requester;
      world.touch(lease.id);
      const answer = await world.attempt(ref, () =>
        world.services.closing.end({ ref }, lease.id),
      );
      if (ref === lease.requester) {
        mustBeOver(world, lease.id, answer);
      }
    }
  },
);

/** A lease is taken away. */
export const revoking = commandsOf(
  'revoke',
  fc.record({ caller: aResponder, lease: aLeaseThatIs('active') }),
  async (world, { caller, lease: pick }) => {
    const lease = world.lease(pick);
    if (lease) {
      world.touch(lease.id);
      const answer = await world.attempt(caller, () =>
        world.services.closing.revoke({ ref: caller }, lease.id),
      );
      if (
        world
          .stored()
          .decisions.some(
            each =>
              each.lease_id === lease.id &&
              each.person === caller &&
              each.verdict === 'approve',
          )
      ) {
        mustBeOver(world, lease.id, answer);
      }
    }
  },
);

/** Ending works whatever else is broken, and can be repeated (I4). */
function mustBeOver(
  world: LifeWorld,
  leaseId: string,
  answer: { done: unknown } | { refused: string },
): void {
  const before = statusOf(world.stored().leases.get(leaseId)!, world.now());
  const row = world.snapshot().leases.get(leaseId)!;
  const over = statusOf(row, world.now()) !== 'active';
  if (before === 'active' && !over && 'done' in answer) {
    world.report('I4: ending was confirmed, but the lease is active');
  }
  if (before === 'active' && !over && !world.mayFail) {
    world.report('I4: a lease could not be ended');
  }
}
