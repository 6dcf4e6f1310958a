// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { FaultPlan } from '../StatementFaults';
import { LifeCommand } from './LifeCommand';

const when = fc.constantFrom('before' as const, 'after' as const);
const at = fc.oneof(fc.nat(12), fc.nat(60));

const aPlan: fc.Arbitrary<FaultPlan> = fc.oneof(
  fc.record({ kind: fc.constant('crash' as const), at, when }),
  fc.record({ kind: fc.constant('failure' as const), at, when }),
  fc.record({ kind: fc.constant('audit' as const) }),
);

/** Something is done on a database that fails, or by a process that dies at it. */
export function troubled(
  commands: fc.Arbitrary<LifeCommand>,
): fc.Arbitrary<LifeCommand> {
  return fc.tuple(commands, aPlan).map(
    ([command, plan]) =>
      new LifeCommand(
        `${command}, with ${JSON.stringify(plan)}`,
        async world => {
          const { faults } = world.database;
          world.mayFail = plan.kind !== 'audit';
          faults.arm(plan);
          await command.act(world);
          faults.disarm();
          world.mayFail = false;
          if (plan.kind === 'crash') {
            await world.die();
          }
        },
      ),
  );
}

/** Two do something at once. */
export function together(
  commands: fc.Arbitrary<LifeCommand>,
): fc.Arbitrary<LifeCommand> {
  return fc.tuple(commands, commands).map(
    ([one, two]) =>
      new LifeCommand(`at once: ${one} and: ${two}`, async world => {
        await Promise.all([one.act(world), two.act(world)]);
      }),
  );
}
