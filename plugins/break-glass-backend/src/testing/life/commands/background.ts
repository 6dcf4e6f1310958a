// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { commandsOf } from './LifeCommand';

/** What the schedule runs; see scheduleTasks.ts. */
const TASKS: Record<string, (world: LifeWorld) => Promise<unknown>> = {
  deliver: ({ services }) => services.outboxWorker.deliver(),
  'record what is due': ({ services }) => services.closing.recordDue(),
  collect: ({ services }) =>
    services.collector.collectDue(new AbortController().signal),
  'replay the spool': ({ services }) => services.auditSpool.replay(),
  remind: ({ services }) =>
    services.approvalReminders.run(new AbortController().signal),
  anchor: async ({ services }) => {
    const state = await services.deps.audit.anchor();
    if (state.restored) {
      await services.restoredMode.enforce(state.words);
    }
  },
};

/** A task of the schedule runs. */
export const working = commandsOf(
  'task:',
  fc.constantFrom(
    ...['deliver', 'deliver', 'record what is due', 'record what is due'],
    ...['collect', 'replay the spool', 'remind', 'anchor'],
  ),
  async (world, name) => {
    world.touchAll();
    try {
      await TASKS[name](world);
    } catch (error) {
      // A task that fails is run again; but not for a reason like this.
      if (!world.hasStruck()) {
        world.report(`the task '${name}' failed: ${(error as Error).stack}`);
      }
    }
  },
);

/** A backup is made, or put back. */
export const restoring = commandsOf(
  'backup:',
  fc.constantFrom('made', 'put back', 'put back and found'),
  async (world, what) => {
    if (what === 'made') {
      world.backup = world.database.bytes();
    } else if (world.backup && world.stored().spooled.length === 0) {
      // By then the schedule has anchored what came after it.
      await world.services.deps.audit.anchor();
      await world.replace(world.backup);
      if (what === 'put back and found') {
        await TASKS.anchor(world);
      }
    }
  },
);
