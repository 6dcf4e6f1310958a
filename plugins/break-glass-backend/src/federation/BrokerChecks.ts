import { LoggerService } from '@backstage/backend-plugin-api';
import { Account, AccountDirectory } from '../accounts/types';
import {
  BrokerCheckClaim,
  BrokerCheckKey,
  BrokerCheckRow,
  Millis,
} from '../database/types';
import { conflictError } from '../errors';
import { LeaseDependencies } from '../leases/dependencies';
import { AccountCheck } from './AccountCheck';
import { AUDIT } from './auditActions';
import { brokerPrincipal } from './brokerPrincipal';
import { BrokerIdentities } from './SelfCheck';

/** Accounts that are looked at together. */
const AT_ONCE = 10;
/** Accounts of one page of the catalog. */
const PAGE = 100;
/** How long a run that writes nothing keeps a check for itself; then another process goes on with it. */
const CLAIM: Millis = 5 * 60_000;
/** Time between the starts of two checks. */
const PAUSE: Millis = 60_000;
/** Accounts after which open pages are told. */
const TELL_EVERY = 25;
/** What is kept of earlier checks. Keys stay longer than any scan looks back. */
const KEEP_CHECKS = 5;
const KEEP_KEYS: Millis = 100 * 24 * 60 * 60_000;

/** The check is somebody else's by now, or over. */
class ClaimLost extends Error {}

/**
 * Checks the broker in all accounts that the catalog's trusted origins name: one
 * check at a time over all replicas, ten accounts at a time. What is done is in
 * the database, account by account: where a process dies, another goes on.
 */
export class BrokerChecks {
  private running: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly deps: Pick<
      LeaseDependencies,
      'config' | 'database' | 'audit' | 'clock' | 'ids' | 'wake'
    > & {
      directory: AccountDirectory;
      identities: BrokerIdentities;
      accountCheck: AccountCheck;
      logger: LoggerService;
    },
  ) {}

  /**
   * Starts a check, which goes on by itself.
   * @param startedBy - canonical user entity ref
   * @throws ConflictError `rate-limited` where one runs, or began less than a minute ago
   */
  async start(startedBy: string): Promise<BrokerCheckRow> {
    const { database, audit, ids, clock } = this.deps;
    const now = clock.now();
    const row: BrokerCheckRow = {
      id: ids.next(),
      state: 'running',
      startedBy,
      startedAt: now,
      claimedBy: '',
      // Nobody's yet: whoever looks first takes it.
      claimedUntil: now,
      done: 0,
      problems: 0,
    };
    await database.transaction(async stores => {
      const latest = await stores.brokerChecks.latest();
      const isFresh = latest && now - latest.startedAt < PAUSE;
      if (isFresh || !(await stores.brokerChecks.start(row))) {
        throw conflictError(
          'rate-limited',
          latest?.state === 'running'
            ? `A check is running: ${latest.done} accounts are done. Wait for its end.`
            : 'A check began less than a minute ago. Try again in a minute.',
        );
      }
      await stores.brokerChecks.prune({
        checks: KEEP_CHECKS,
        keysSince: now - KEEP_KEYS,
      });
      await audit.record(stores, {
        at: now,
        actor: startedBy,
        action: AUDIT.brokerCheckStart,
        outcome: 'done',
        details: { checkId: row.id },
      });
      await stores.outbox.enqueue([{ kind: 'signal' }], now);
    });
    this.deps.wake();
    void this.resume();
    return row;
  }

  /**
   * Goes on with a check that nobody works on; for a task of every replica.
   * Never throws: what went wrong is in the log, and the next run tries again.
   */
  async resume(): Promise<void> {
    const next = this.running.then(() => this.takeOne());
    this.running = next.catch(error => {
      this.deps.logger.warn(
        `The check of the broker was interrupted and is taken up again: ${error}`,
      );
    });
    await this.running;
  }

  /** Takes up nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async takeOne(): Promise<void> {
    if (this.stopping.signal.aborted) {
      return;
    }
    const { database, clock, ids } = this.deps;
    const now = clock.now();
    const by = ids.next();
    const row = await database.brokerChecks.claim(now, {
      by,
      until: now + CLAIM,
    });
    if (row) {
      await this.run(row, by).catch(error => {
        if (!(error instanceof ClaimLost)) {
          throw error;
        }
      });
    }
  }

  private async run(row: BrokerCheckRow, by: string): Promise<void> {
    const { brokerChecks } = this.deps.database;
    let accounts: Account[];
    try {
      accounts = await this.accounts();
    } catch (error) {
      await this.end(row, by, {
        state: 'failed',
        words: `The accounts could not be read: ${(error as Error).message}`,
      });
      return;
    }
    const total = accounts.length;
    if (!(await brokerChecks.change(this.claim(row.id, by), { total }))) {
      throw new ClaimLost();
    }
    const done = new Set(await brokerChecks.accountsDone(row.id));
    const left = accounts.filter(({ ref }) => !done.has(ref));
    await this.lookAtAll(left, row.id, by);
    if (!this.stopping.signal.aborted) {
      await this.end(row, by, { state: 'finished' });
    }
  }

  /** Ten workers take accounts from one queue; the first failure ends them all. */
  private async lookAtAll(
    accounts: Account[],
    checkId: string,
    by: string,
  ): Promise<void> {
    const principals = new Map<string, Promise<string | undefined>>();
    const queue = accounts.entries();
    let failed = false;
    const worker = async () => {
      for (const [index, account] of queue) {
        if (failed || this.stopping.signal.aborted) {
          return;
        }
        const whose = this.ofEach(account)
          ? account.accountId
          : account.partition;
        const principal = principals.get(whose) ?? this.principal(account);
        principals.set(whose, principal);
        await this.lookAt(account, checkId, by, await principal);
        if ((index + 1) % TELL_EVERY === 0) {
          await this.tell();
        }
      }
    };
    const runs = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, () =>
        worker().catch(error => {
          failed = true;
          throw error;
        }),
      ),
    );
    const first = runs.find(run => run.status === 'rejected');
    if (first) {
      throw (first as PromiseRejectedResult).reason;
    }
  }

  private async lookAt(
    account: Account,
    checkId: string,
    by: string,
    principal: string | undefined,
  ): Promise<void> {
    const { database, accountCheck, audit, clock } = this.deps;
    const keys: BrokerCheckKey[] = [];
    const problems = await accountCheck.look(account, {
      checkId,
      principal,
      onKey: async key => {
        keys.push(key);
        await database.brokerChecks.addKeys(checkId, [key], clock.now());
      },
    });
    const at = clock.now();
    await database.transaction(async stores => {
      const mine = await stores.brokerChecks.addResult(
        this.claim(checkId, by),
        {
          checkId,
          accountRef: account.ref,
          accountTitle: account.title,
          accountId: account.accountId,
          partition: account.partition,
          roles: accountCheck.roles,
          problemCount: problems.length,
          problems,
          checkedAt: at,
        },
      );
      if (!mine) {
        throw new ClaimLost();
      }
      await audit.record(stores, {
        at,
        actor: 'system',
        action: AUDIT.brokerCheck,
        outcome: problems.length ? 'failed' : 'done',
        accountRef: account.ref,
        details: {
          checkId,
          accountId: account.accountId,
          problems: problems.map(({ what, roleArn }) => ({ what, roleArn })),
          accessKeyIds: keys.map(({ accessKeyId }) => accessKeyId),
        },
      });
    });
  }

  private async accounts(): Promise<Account[]> {
    const accounts: Account[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.deps.directory.list({ limit: PAGE, cursor });
      accounts.push(
        ...page.items.flatMap(each => (each.ok ? [each.account] : [])),
      );
      cursor = page.nextCursor;
    } while (cursor);
    return accounts;
  }

  /** Not knowing it only takes it out of the fixes. */
  private async principal(account: Account): Promise<string | undefined> {
    const { partition, region, accountId } = account;
    const configured = this.deps.config.partitions[partition]?.brokerArn
      ?.split('${accountId}')
      .join(accountId);
    try {
      const { arn } = await this.deps.identities.of(
        partition,
        region,
        accountId,
      );
      return brokerPrincipal(arn, configured);
    } catch {
      return configured;
    }
  }

  /** Whether each account has a broker of its own. */
  private ofEach({ partition }: Account): boolean {
    return this.deps.config.partitions[partition]?.brokerPerAccount ?? false;
  }

  private async end(
    { id }: BrokerCheckRow,
    by: string,
    change: { state: 'finished' | 'failed'; words?: string },
  ): Promise<void> {
    const { database, audit, clock } = this.deps;
    const at = clock.now();
    await database.transaction(async stores => {
      const claim = this.claim(id, by);
      const written = await stores.brokerChecks.change(claim, {
        ...change,
        finishedAt: at,
      });
      if (!written) {
        throw new ClaimLost();
      }
      const row = await stores.brokerChecks.latest();
      await audit.record(stores, {
        at,
        actor: 'system',
        action: AUDIT.brokerCheckEnd,
        outcome: change.state === 'finished' ? 'done' : 'failed',
        details: {
          checkId: id,
          accounts: row?.done,
          withProblems: row?.problems,
          words: change.words,
        },
      });
      await stores.outbox.enqueue([{ kind: 'signal' }], at);
    });
    this.deps.wake();
  }

  private async tell(): Promise<void> {
    const { outbox } = this.deps.database;
    await outbox.enqueue([{ kind: 'signal' }], this.deps.clock.now());
    this.deps.wake();
  }

  private claim(id: string, by: string): BrokerCheckClaim {
    return { id, by, until: this.deps.clock.now() + CLAIM };
  }
}
