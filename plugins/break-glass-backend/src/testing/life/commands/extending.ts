// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { newestExtension } from './deciding';
import { aHolder, aLeaseThatIs } from './draws';
import { commandsOf } from './LifeCommand';

/** More time is asked for. */
export const extending = commandsOf(
  'ask for more time',
  fc.record({
    caller: aHolder,
    lease: aLeaseThatIs('active'),
    minutes: fc.constantFrom(15, 30, 120),
  }),
  async (world, { caller, lease: pick, minutes }) => {
    const lease = world.lease(pick);
    if (lease) {
      const ref = caller ?? lease.requester;
      await world.attempt(ref, () =>
        world.services.extensions.ask({ ref }, lease.id, {
          minutes,
          reason: 'It takes longer',
        }),
      );
    }
  },
);

/** An extension is taken back. */
export const cancellingExtension = commandsOf(
  'take the extension back',
  fc.record({ caller: aHolder, lease: aLeaseThatIs('active') }),
  async (world, { caller, lease: pick }) => {
    const lease = world.lease(pick);
    const extension = lease && newestExtension(world, lease.id);
    if (extension) {
      const ref = caller ?? lease.requester;
      await world.attempt(ref, () =>
        world.services.extensions.cancel({ ref }, lease.id, extension.id),
      );
    }
  },
);
