import {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Services } from './createServices';
import { LaneName } from './outbox';

/** Tasks that deliver, with the lane of the outbox that each serves. */
const DELIVERIES: Record<string, LaneName> = {
  'break-glass-deliver-kills': 'kills',
  'break-glass-deliver-collects': 'collects',
  'break-glass-deliver': 'words',
};
/** How long delivered messages are kept, in milliseconds. */
const KEEP_DELIVERED = 7 * 24 * 60 * 60_000;

/**
 * Background work. Nothing is granted or refused by it: the clock decides, and
 * tasks only record, deliver and collect.
 */
export async function scheduleTasks(
  services: Services,
  deps: {
    scheduler: SchedulerService;
    lifecycle: LifecycleService;
    logger: LoggerService;
  },
): Promise<void> {
  const { scheduler, lifecycle } = deps;
  const { config, clock, database, audit } = services.deps;
  lifecycle.addShutdownHook(async () => {
    await services.outboxWorker.stop();
    await services.brokerChecks.stop();
    services.closeConnections();
  });
  await Promise.all([
    scheduler.scheduleTask({
      id: 'break-glass-record-due',
      frequency: { seconds: 15 },
      timeout: { minutes: 2 },
      scope: 'global',
      fn: async () => {
        await services.closing.recordDue();
      },
    }),
    // Each replica delivers; claims in the database keep them apart. One task
    // per lane, so that kills wait for nothing else (I4).
    ...Object.entries(DELIVERIES).map(([id, lane]) =>
      scheduler.scheduleTask({
        id,
        frequency: { seconds: 10 },
        timeout: { minutes: 5 },
        scope: 'local',
        fn: async signal => {
          await services.outboxWorker.deliver(signal, lane);
        },
      }),
    ),
    scheduler.scheduleTask({
      id: 'break-glass-replay-spool',
      frequency: { seconds: 10 },
      timeout: { minutes: 5 },
      scope: 'local',
      fn: async () => {
        await services.auditSpool.replay();
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-collect',
      frequency: { seconds: 15 },
      timeout: { minutes: 10 },
      scope: 'global',
      fn: async signal => {
        await services.collector.collectDue(signal);
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-remind',
      frequency: { minutes: 5 },
      timeout: { minutes: 5 },
      scope: 'global',
      fn: async signal => {
        await services.reminders.run(signal);
        await services.approvalReminders.run(signal);
      },
    }),
    // Every replica keeps a proof of its own. Often, because the catalog may not
    // answer yet at the start; it looks again only where the last look is old.
    scheduler.scheduleTask({
      id: 'break-glass-prove-policies',
      frequency: { minutes: 5 },
      timeout: { minutes: 5 },
      scope: 'local',
      fn: async () => {
        await services.proofs.refresh();
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-unbrokered-scan',
      frequency: { minutes: config.unbrokered.lookEveryMinutes },
      initialDelay: { seconds: 30 },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: async signal => {
        await services.unbrokered.scan.run(signal);
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-unbrokered-collect',
      frequency: { minutes: 1 },
      timeout: { minutes: 10 },
      scope: 'global',
      fn: async signal => {
        await services.unbrokered.collector.collectDue(signal);
        await services.unbrokered.reminders.run();
      },
    }),
    // Goes on with a check whose process is gone; who starts one goes on with it at once.
    scheduler.scheduleTask({
      id: 'break-glass-check-broker',
      frequency: { seconds: 30 },
      timeout: { minutes: 30 },
      scope: 'local',
      fn: async () => {
        await services.brokerChecks.resume();
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-watch-boundaries',
      frequency: { minutes: config.kills.lookEveryMinutes },
      timeout: { minutes: 15 },
      scope: 'global',
      fn: async signal => {
        await services.boundaryWatch.run(signal);
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-anchor',
      frequency: { minutes: config.audit.anchorEveryMinutes },
      timeout: { minutes: 1 },
      scope: 'global',
      fn: async () => {
        const state = await audit.anchor();
        if (state.restored) {
          await services.restoredMode.enforce(state.words);
        }
      },
    }),
    scheduler.scheduleTask({
      id: 'break-glass-prune-outbox',
      frequency: { hours: 6 },
      timeout: { minutes: 5 },
      scope: 'global',
      fn: async () => {
        await database.outbox.prune(clock.now() - KEEP_DELIVERED);
      },
    }),
  ]);
}
