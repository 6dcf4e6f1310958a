import { mockServices } from '@backstage/backend-test-utils';
import { Services } from './createServices';
import { scheduleTasks } from './scheduleTasks';

type Task = { id: string; fn: (signal: AbortSignal) => Promise<void> };

describe('the tasks of the schedule', () => {
  /** What is scheduled, with the lanes of the outbox that were worked off. */
  async function scheduled(replay: () => Promise<number>) {
    const tasks: Task[] = [];
    const lanes: unknown[] = [];
    await scheduleTasks(
      {
        deps: {
          config: {
            audit: { anchorEveryMinutes: 1 },
            kills: { lookEveryMinutes: 5 },
            unbrokered: { lookEveryMinutes: 15 },
          },
        },
        outboxWorker: {
          deliver: async (_: AbortSignal, lane: unknown) => lanes.push(lane),
        },
        auditSpool: { replay },
      } as unknown as Services,
      {
        scheduler: mockServices.scheduler.mock({
          scheduleTask: async task => {
            tasks.push(task as unknown as Task);
          },
        }),
        lifecycle: mockServices.lifecycle.mock(),
        logger: mockServices.logger.mock(),
      },
    );
    const run = (prefix: string) =>
      tasks
        .filter(({ id }) => id.startsWith(prefix))
        .map(({ fn }) => fn(new AbortController().signal));
    return { run, lanes };
  }

  it('I4: every lane of the outbox has a task of its own', async () => {
    const { run, lanes } = await scheduled(async () => 0);
    await Promise.all(run('break-glass-deliver'));
    expect([...lanes].sort()).toEqual(['collects', 'kills', 'words']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('the audit head is missing'))],
    ['hangs', () => new Promise<number>(() => {})],
  ])(
    'I4: kills are delivered while replaying the spool %s',
    async (_, replay) => {
      const { run, lanes } = await scheduled(replay);
      const replaying = run('break-glass-replay-spool');
      expect(replaying).toHaveLength(1);
      replaying[0].catch(() => {});
      await Promise.all(run('break-glass-deliver'));
      expect(lanes).toContain('kills');
    },
  );
});
