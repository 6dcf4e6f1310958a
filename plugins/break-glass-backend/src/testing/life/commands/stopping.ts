// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { aResponder } from './draws';
import { commandsOf } from './LifeCommand';

/** The panic button. */
export const stopping = commandsOf(
  'stop',
  fc.record({
    caller: aResponder,
    target: fc.constantFrom(
      { kind: 'all' as const },
      { kind: 'person' as const, ref: 'user:default/mary' },
      { kind: 'person' as const, ref: 'user:default/oscar' },
      { kind: 'person' as const, ref: 'user:default/alice' },
      { kind: 'account' as const, ref: 'resource:default/payroll' },
    ),
  }),
  async (world, { caller, target }) => {
    await world.attempt(caller, () =>
      world.services.panics.raise(
        { ref: caller },
        { target, reason: 'Something is wrong' },
      ),
    );
  },
);

/** One of the two steps of lifting it. */
export const lifting = commandsOf(
  'lift',
  fc.record({ caller: aResponder, back: fc.nat(2) }),
  async (world, { caller, back }) => {
    const open = [...world.stored().panics.values()].filter(
      ({ lifted_at: at }) => at === null,
    );
    if (open.length > 0) {
      const { id } = open[back % open.length];
      await world.attempt(caller, () =>
        world.services.panics.lift({ ref: caller }, id, 'It is over'),
      );
    }
  },
);
