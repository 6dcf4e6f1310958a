import { mockServices } from '@backstage/backend-test-utils';
import { OutboxMessage, OutboxRow, OutboxStore } from '../database/types';
import { describeDatabases } from '../testing/databases';
import { anId, NOON } from '../testing/rows';
import { OutboxHandlers, OutboxWorker } from './OutboxWorker';

const aKill = (): OutboxMessage => ({ kind: 'kill', leaseId: anId() });
const aSignal = (): OutboxMessage => ({ kind: 'signal', leaseId: anId() });

/** A promise and the way to settle it. */
function aGate() {
  let open = () => {};
  const passed = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, passed };
}

describe('delivering the outbox', () => {
  let now = NOON;
  let handled: OutboxMessage[];
  beforeEach(() => {
    now = NOON;
    handled = [];
  });

  function aWorker(
    outbox: OutboxStore,
    handlers: Partial<OutboxHandlers> = {},
  ) {
    const note = async (message: OutboxMessage) => {
      handled.push(message);
    };
    const logger = mockServices.logger.mock();
    const worker = new OutboxWorker({
      outbox,
      handlers: {
        notification: note,
        signal: note,
        panic: note,
        kill: note,
        collect: note,
        ...handlers,
      },
      clock: { now: () => now },
      logger,
      random: () => 0,
    });
    return { worker, logger };
  }

  const failing = async () => {
    throw new Error('AWS is away');
  };

  describeDatabases((_name, open) => {
    it('hands every message to the handler of its kind, once', async () => {
      const { database } = await open();
      const notification: OutboxMessage = {
        kind: 'notification',
        recipients: ['user:default/daniel'],
        title: `It's "new" 💥`,
        description: 'x',
        link: '/break-glass',
        severity: 'normal',
        topic: 'break-glass',
        scope: 'lease:1',
      };
      const messages = [notification, aSignal(), aKill()];
      await database.outbox.enqueue(messages, now);
      await database.outbox.enqueue([], now);
      const { worker } = aWorker(database.outbox);
      await worker.deliver();
      expect(handled).toHaveLength(3);
      expect(handled).toEqual(expect.arrayContaining(messages));
      now += 3_600_000;
      await worker.deliver();
      expect(handled).toHaveLength(3);
      expect(await database.outbox.lag(now)).toEqual({
        waiting: 0,
        oldestMs: 0,
      });
    });

    it('pitfall 25: two replicas deliver each message once', async () => {
      const { database } = await open();
      const messages = Array.from({ length: 40 }, aSignal);
      await database.outbox.enqueue(messages, now);
      const workers = [0, 1].map(() => aWorker(database.outbox).worker);
      await Promise.all(workers.map(worker => worker.deliver()));
      const ids = handled.map(
        message => 'leaseId' in message && message.leaseId,
      );
      expect(ids).toHaveLength(40);
      expect(new Set(ids).size).toBe(40);
    });

    it('pitfall 24: a message counts as delivered only after it was', async () => {
      const { database, knex } = await open();
      await database.outbox.enqueue([aKill()], now);
      const started = aGate();
      const gate = aGate();
      const { worker } = aWorker(database.outbox, {
        kill: async () => {
          started.open();
          await gate.passed;
        },
      });
      const run = worker.deliver();
      await started.passed;
      expect((await database.outbox.lag(now)).waiting).toBe(1);
      gate.open();
      await run;
      expect((await database.outbox.lag(now)).waiting).toBe(0);
      expect(await knex('outbox').whereNull('delivered_at')).toEqual([]);
    });

    it('pitfall 26: a message whose process died comes back when its claim ends', async () => {
      const { database } = await open();
      await database.outbox.enqueue([aKill()], now);
      const [claimed] = await database.outbox.claim(now, 10, 300_000);
      expect(claimed.attempts).toBe(1);
      const { worker } = aWorker(database.outbox);
      now += 299_999;
      await worker.deliver();
      expect(handled).toEqual([]);
      now += 1;
      await worker.deliver();
      expect(handled).toHaveLength(1);
    });

    it('pitfall 12: a kill is tried until it succeeds, at most five minutes apart', async () => {
      const { database, knex } = await open();
      await database.outbox.enqueue([aKill()], now);
      const { worker } = aWorker(database.outbox, { kill: failing });
      const waits: number[] = [];
      for (let attempt = 1; attempt <= 15; attempt += 1) {
        await worker.deliver();
        const row = await knex('outbox').first();
        expect(Number(row.attempts)).toBe(attempt);
        expect(row.last_error).toBe('Error: AWS is away');
        waits.push(Number(row.available_at) - now);
        now = Number(row.available_at);
      }
      expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
      expect(Math.max(...waits)).toBe(300_000);
      await aWorker(database.outbox).worker.deliver();
      expect(handled).toHaveLength(1);
    });

    it.each(['signal', 'notification'] as const)(
      'gives a %s up after ten attempts, and keeps it with its error',
      async kind => {
        const { database, knex } = await open();
        await database.outbox.enqueue([{ kind } as OutboxMessage], now);
        const { worker, logger } = aWorker(database.outbox, {
          [kind]: failing,
        });
        for (let attempt = 1; attempt <= 12; attempt += 1) {
          await worker.deliver();
          now += 600_000;
        }
        const row = await knex('outbox').first();
        expect(Number(row.attempts)).toBe(10);
        expect(row.abandoned_at).not.toBeNull();
        expect(row.delivered_at).toBeNull();
        expect(row.last_error).toContain('AWS is away');
        expect(logger.error).toHaveBeenCalledTimes(1);
        expect((await database.outbox.lag(now)).waiting).toBe(0);
      },
    );

    it('one message that fails, and one that hangs, delay no other', async () => {
      const { database } = await open();
      const gate = aGate();
      const others = aGate();
      const stuck = aKill();
      await database.outbox.enqueue(
        [stuck, { kind: 'collect', leaseId: 'x' }],
        now,
      );
      await database.outbox.enqueue(Array.from({ length: 20 }, aSignal), now);
      const { worker } = aWorker(database.outbox, {
        kill: () => gate.passed,
        collect: failing,
        signal: async message => {
          handled.push(message);
          if (handled.length === 20) {
            others.open();
          }
        },
      });
      const run = worker.deliver();
      await others.passed;
      gate.open();
      await run;
      expect((await database.outbox.lag(now)).waiting).toBe(1);
    });

    it('ending access does not wait behind a heap of notifications', async () => {
      const { database } = await open();
      await database.outbox.enqueue(Array.from({ length: 30 }, aSignal), 1);
      const kill = aKill();
      await database.outbox.enqueue([kill], now);
      const [first] = await database.outbox.claim(now, 1, 1_000);
      expect(first.message).toEqual(kill);
    });

    it('I4: a kill waits for no collection, and never are more than two collected at once', async () => {
      const { database } = await open();
      const gate = aGate();
      const killed = aGate();
      let collecting = 0;
      const { worker } = aWorker(database.outbox, {
        collect: async () => {
          collecting += 1;
          await gate.passed;
        },
        kill: async () => killed.open(),
      });
      const collects = [1, 2, 3, 4, 5].map(() => ({
        kind: 'collect' as const,
        leaseId: anId(),
      }));
      await database.outbox.enqueue(collects, now);
      worker.poke();
      await database.outbox.enqueue([aKill()], now);
      worker.poke();
      await killed.passed;
      await database.outbox.enqueue([aSignal()], now);
      await worker.deliver(undefined, 'words');
      expect(handled).toHaveLength(1);
      expect(collecting).toBe(2);
      gate.open();
      await worker.deliver();
      expect(collecting).toBe(5);
    });

    it('I4: a kill that hangs delays no kill that comes later', async () => {
      const { database } = await open();
      const gate = aGate();
      const started = aGate();
      const killed = aGate();
      const stuck = aKill();
      const { worker } = aWorker(database.outbox, {
        kill: async message => {
          if (JSON.stringify(message) !== JSON.stringify(stuck)) {
            killed.open();
            return;
          }
          started.open();
          await gate.passed;
        },
      });
      await database.outbox.enqueue([stuck], now);
      worker.poke();
      await started.passed;
      await database.outbox.enqueue([aKill()], now);
      worker.poke();
      await killed.passed;
      gate.open();
      await worker.deliver();
      expect((await database.outbox.lag(now)).waiting).toBe(0);
    });

    it('claims only the kinds that are asked for', async () => {
      const { database } = await open();
      const signal = aSignal();
      await database.outbox.enqueue([aKill(), signal], now);
      const claimed = await database.outbox.claim(now, 9, 1_000, ['signal']);
      expect(claimed.map(row => row.message)).toEqual([signal]);
    });

    it('however often it is poked, no more than four kills run at once, each once', async () => {
      const { database } = await open();
      const gate = aGate();
      const full = aGate();
      let atOnce = 0;
      let most = 0;
      const { worker } = aWorker(database.outbox, {
        kill: async message => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          if (atOnce === 4) {
            full.open();
          }
          await gate.passed;
          atOnce -= 1;
          handled.push(message);
        },
      });
      await database.outbox.enqueue(Array.from({ length: 9 }, aKill), now);
      const run = worker.deliver();
      worker.poke();
      worker.poke();
      await full.passed;
      worker.poke();
      gate.open();
      await run;
      expect(handled).toHaveLength(9);
      expect(most).toBe(4);
    });

    it('pitfall 24: a poke never fails its caller', async () => {
      const { database, knex } = await open();
      const { worker, logger } = aWorker(database.outbox);
      await knex.schema.dropTable('outbox');
      worker.poke();
      await expect(worker.deliver()).rejects.toBeDefined();
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('could not be read'),
      );
    });

    it('stops: tells the handlers, waits for them, claims nothing more', async () => {
      const { database } = await open();
      await database.outbox.enqueue(Array.from({ length: 9 }, aKill), now);
      const started = aGate();
      let told = 0;
      const { worker } = aWorker(database.outbox, {
        kill: (_message, _row, signal) => {
          started.open();
          return new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              told += 1;
              reject(new Error('stopping'));
            });
          });
        },
      });
      const run = worker.deliver();
      await started.passed;
      await worker.stop();
      await run;
      expect(told).toBeGreaterThan(0);
      expect(told).toBeLessThanOrEqual(4);
      await worker.deliver();
      expect((await database.outbox.lag(now)).waiting).toBe(9);
    });

    it('goes on where a message cannot be marked, and delivers it again later', async () => {
      const { database } = await open();
      await database.outbox.enqueue([aKill(), aSignal()], now);
      let broken = true;
      const outbox: OutboxStore = Object.assign(
        Object.create(database.outbox),
        {
          delivered: async (id: string, at: number) => {
            if (broken) {
              broken = false;
              throw new Error('connection lost');
            }
            await database.outbox.delivered(id, at);
          },
        },
      );
      const { worker, logger } = aWorker(outbox);
      await worker.deliver();
      expect(handled).toHaveLength(2);
      expect(logger.error).toHaveBeenCalledTimes(1);
      now += 300_000;
      await worker.deliver();
      expect(handled).toHaveLength(3);
      expect((await database.outbox.lag(now)).waiting).toBe(0);
    });

    it('I10: no key or signed address is kept with an error', async () => {
      const { database, knex } = await open();
      const token = 'FwoGZXIvYXdzEBYaD'.repeat(9);
      await database.outbox.enqueue([aKill()], now);
      const { worker, logger } = aWorker(database.outbox, {
        kill: async () => {
          throw new Error(
            `GET https://signin.example/federation?SigninToken=abc failed for ${token}`,
          );
        },
      });
      await worker.deliver();
      const { last_error: kept } = await knex('outbox').first();
      expect(kept).toContain('https://signin.example/federation?…');
      for (const text of [kept, JSON.stringify(logger.warn.mock.calls)]) {
        expect(text).not.toContain('abc');
        expect(text).not.toContain('FwoGZXIvYXdz');
      }
    });

    it('says how long messages wait, and forgets delivered ones', async () => {
      const { database, knex } = await open();
      await database.outbox.enqueue([aKill()], now);
      await database.outbox.enqueue([aKill()], now + 10);
      expect(await database.outbox.lag(now + 500)).toEqual({
        waiting: 2,
        oldestMs: 500,
      });
      const [first]: OutboxRow[] = await database.outbox.claim(now, 1, 1);
      await database.outbox.delivered(first.id, now + 600);
      expect(await database.outbox.prune(now + 600)).toBe(0);
      expect(await database.outbox.prune(now + 601)).toBe(1);
      expect(await knex('outbox').select('id')).toHaveLength(1);
    });
  });
});
