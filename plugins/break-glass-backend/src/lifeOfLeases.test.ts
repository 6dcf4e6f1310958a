import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { FakeClock } from './testing/FakeClock';
import { aLife, anOpening } from './testing/life/commands';
import { allInvariants } from './testing/life/invariants';
import { LifeAws } from './testing/life/LifeAws';
import { migratedImage } from './testing/life/LifeDatabase';
import { LifeWorld, Shared } from './testing/life/LifeWorld';

/** Runs; `yarn nightly` takes 10,000. */
const RUNS = Number(process.env.BREAK_GLASS_LIFE_RUNS ?? 500);
/** Give the seed that was printed to run the same again. */
const SEED = Number(process.env.BREAK_GLASS_LIFE_SEED ?? Date.now() % 2 ** 31);
const MAX_COMMANDS = 25;
/** Lives in which everything happens, whatever the seed. */
const ENOUGH = 5_000;

/** What has to happen in some life: where it does not, less is tested than it seems. */
const EVERYTHING = [
  ...['audit.restored', 'lease.cancel', 'lease.decide', 'lease.emergency'],
  ...['lease.end', 'lease.expire', 'lease.extend', 'lease.extension-cancel'],
  ...['lease.extension-decide', 'lease.issuing-stopped', 'lease.kill'],
  ...['lease.kill-probe', 'lease.lapse', 'lease.request', 'lease.revoke'],
  ...['panic.ask-lift', 'panic.lift', 'panic.raise', 'review.accepted'],
  ...['review.flagged', 'review.open', 'session.discarded'],
  ...['session.issued', 'session.issuing'],
];

jest.setTimeout(120_000 + RUNS * 1_500);

describe('the whole life of leases', () => {
  let folder: string;
  let shared: Shared;
  /** Actions that were done, for a look at what the lives were made of. */
  const happened = new Set<string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'break-glass-life-'));
    const clock = new FakeClock();
    const [aws, image] = await Promise.all([
      LifeAws.start(clock, folder),
      migratedImage(),
    ]);
    shared = { aws, clock, image };
  });
  afterAll(async () => {
    await shared?.aws.sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`keeps every invariant through ${RUNS} lives, with seed ${SEED}`, async () => {
    process.stdout.write(
      `${RUNS} lives of leases; the same again: BREAK_GLASS_LIFE_SEED=${SEED}\n`,
    );
    await fc.assert(
      fc.asyncProperty(
        anOpening,
        aLife(MAX_COMMANDS),
        async (opening, commands) => {
          const world = await LifeWorld.start(shared, allInvariants);
          try {
            for (const command of opening) {
              await command.run({}, world);
            }
            await fc.asyncModelRun(
              () => ({ model: {}, real: world }),
              commands,
            );
            const { intact } = await world.services.deps.audit.verify();
            // A backup that was put back is found, too: it is older than its anchor.
            expect(intact).toBe(!world.isRestored());
            world
              .snapshot()
              .audit.filter(({ outcome }) => outcome !== 'refused')
              .forEach(({ action }) => happened.add(action));
          } finally {
            await world.stop();
          }
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  });

  const enough = RUNS >= ENOUGH;
  (enough ? describe : describe.skip)(
    enough ? 'all of them' : `all of them: is skipped, as it takes ${ENOUGH}`,
    () => {
      it('meet all that can happen', () => {
        expect(EVERYTHING.filter(action => !happened.has(action))).toEqual([]);
      });
    },
  );
});
