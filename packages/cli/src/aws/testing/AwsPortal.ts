// Used by tests only, though not one itself. The world is the backend's own: its portal with the sandbox behind it.
/* eslint-disable @backstage/no-forbidden-package-imports */
import { FakeClock } from 'backstage-plugin-break-glass-backend/src/testing/FakeClock';
import {
  startTestPortal,
  TestPortal,
  tokenOf,
} from 'backstage-plugin-break-glass-backend/src/testing/startTestPortal';
import { SessionSummary } from 'backstage-plugin-break-glass-common';
import knexFactory from 'knex';

export {
  aPendingLease,
  anActiveLease,
  decisionOn,
} from 'backstage-plugin-break-glass-backend/src/testing/aLease';
export { waitFor } from 'backstage-plugin-break-glass-backend/src/testing/waitFor';
export { tokenOf } from 'backstage-plugin-break-glass-backend/src/testing/startTestPortal';

/** A whole backend with the sandbox behind it, on a database of its own. */
export type AwsPortal = TestPortal & {
  /** How far the clock of AWS is from the portal's. */
  awsClock: { aheadMs: number };
  /** Sessions of a lease that AWS issued. */
  issued(leaseId: string): Promise<SessionSummary[]>;
};

/** Starts it on free ports. */
export async function startAwsPortal(
  options: { at?: number; configure?: (section: any) => void } = {},
): Promise<AwsPortal> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const clock = new FakeClock(options.at);
  const awsClock = { aheadMs: 0 };
  const portal = await startTestPortal({
    knex,
    configure: options.configure,
    clock,
    sandboxClock: { now: () => clock.now() + awsClock.aheadMs },
  });
  return {
    ...portal,
    awsClock,
    issued: async id => {
      const { sessions } = await portal.as('mary', 'getLease', {
        params: { id },
      });
      return sessions.filter(({ state }) => state === 'issued');
    },
    stop: async () => {
      await portal.stop();
      await knex.destroy();
    },
  };
}

/** Token of a person of the demo, by name. */
export const tokenFor = (person: string) => tokenOf(person);
