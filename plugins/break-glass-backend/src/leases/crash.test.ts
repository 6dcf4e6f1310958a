import { spawn } from 'child_process';
import Knex, { Knex as KnexType } from 'knex';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { verifyAudit } from '../audit';
import { createDatabase } from '../database';
import { AuditRow, LeaseRow, OutboxRow } from '../database/types';

jest.setTimeout(120_000);

const KILLS = 5;

describe('a crash', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'break-glass-crash-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('pitfall 26: after kill -9 at any point, state, audit log and messages agree', async () => {
    const file = join(folder, 'leases.sqlite');
    for (let kill = 0; kill < KILLS; kill++) {
      await liveUntilKilled(file, folder, kill);
    }

    const knex = Knex({
      client: 'better-sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
    });
    try {
      const { leases, disagreements, intact } = await compare(knex);
      expect(leases).toBeGreaterThan(KILLS);
      expect(disagreements).toEqual([]);
      expect(intact).toBe(true);
    } finally {
      await knex.destroy();
    }
  });
});

/** Lets it work through a few leases, then kills it at a point that differs each time. */
function liveUntilKilled(
  file: string,
  folder: string,
  kill: number,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(__dirname, '../testing/liveLeases.ts'),
      file,
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let done = 0;
  let errors = '';
  child.stderr.on('data', data => {
    errors += data;
  });
  child.stdout.on('data', data => {
    done += String(data).length;
    if (done > 3 && !child.killed) {
      // Spread over the steps of a transition by the event loop's turns.
      let turns = kill * 7;
      const turn = () => {
        turns -= 1;
        if (turns <= 0) {
          child.kill('SIGKILL');
        } else {
          setImmediate(turn);
        }
      };
      turn();
    }
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') {
        resolve();
      } else {
        reject(new Error(`It ended by itself with ${code}: ${errors}`));
      }
    });
  });
}

const STEPS: Record<string, string[]> = {
  pending: ['lease.request'],
  approved: ['lease.request', 'lease.decide'],
  ended: ['lease.request', 'lease.decide', 'lease.end'],
};

/** Looks at every lease: do its audit entries and messages say what its state says? */
async function compare(knex: KnexType) {
  const database = createDatabase(knex);
  const leases: LeaseRow[] = await database.leases.list(
    { now: Date.now() },
    { limit: 10_000 },
  );
  const audit: AuditRow[] = [];
  for await (const row of database.audit.scan()) {
    audit.push(row);
  }
  const outbox: OutboxRow[] = await database.outbox.claim(
    Date.now() + 1_000,
    100_000,
    1,
  );
  const disagreements = leases.flatMap(lease => {
    const steps = audit
      .filter(row => row.leaseId === lease.id)
      .map(row => row.action);
    const signals = outbox.filter(
      ({ message }) =>
        message.kind === 'signal' && message.leaseId === lease.id,
    );
    const agree =
      steps.join() === STEPS[lease.status].join() &&
      signals.length === steps.length;
    return agree
      ? []
      : [{ status: lease.status, steps, signals: signals.length }];
  });
  const { intact } = await verifyAudit(database.audit);
  return { leases: leases.length, disagreements, intact };
}
