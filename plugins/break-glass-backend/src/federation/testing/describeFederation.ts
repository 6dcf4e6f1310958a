// Used by tests only, though not one itself.
/* eslint-disable jest/no-export, jest/expect-expect, @backstage/no-undeclared-imports */
import { WorldSeed } from 'aws-sandbox';
import { describeDatabases, OpenedDatabase } from '../../testing/databases';
import { FederationWorld, HandClock } from './FederationWorld';

/** Starts a world that is stopped after the test. */
export type StartWorld = (options?: {
  propagationDelayMs?: number;
  /** Where AWS has another clock than the portal. */
  sandboxClock?: HandClock;
  /** What exists in AWS; default: the demo's world. */
  seed?: WorldSeed;
}) => Promise<FederationWorld & Pick<OpenedDatabase, 'knex'>>;

/** Runs tests in a new world each, on SQLite and on PostgreSQL. */
export function describeFederation(tests: (aWorld: StartWorld) => void): void {
  describeDatabases((_, open) => {
    const worlds: FederationWorld[] = [];
    afterEach(async () => {
      await Promise.all(worlds.splice(0).map(world => world.stop()));
    });
    tests(async options => {
      const clock = new HandClock();
      const { database, knex } = await open({ clock });
      const world = await FederationWorld.start(database, clock, options);
      worlds.push(world);
      return Object.assign(world, { knex });
    });
  });
}
