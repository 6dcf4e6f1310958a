// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { createServices, Services } from '../../createServices';
import { codeOf } from '../../errors';
import { FakeClock } from '../FakeClock';
import { AwsSession, LifeAws } from './LifeAws';
import { LifeCatalog } from './LifeCatalog';
import { LifeConfiguration } from './LifeConfiguration';
import { LifeDatabase } from './LifeDatabase';
import { LifeLogs } from './LifeLogs';
import { HandedOut, LifeMemory, Refusal, SeenSession } from './LifeMemory';
import { Row, Snapshot, statusOf, takeSnapshot } from './Snapshot';
import { StepView } from './StepView';

/** What all runs share. */
export interface Shared {
  aws: LifeAws;
  clock: FakeClock;
  /** Bytes of a migrated database. */
  image: Buffer;
}

/** Which lease a command is about: the newest of a state, or one further back. */
export interface LeasePick {
  among: 'pending' | 'active' | 'in review' | 'any';
  back: number;
}

/** Looks at a step. @returns what it breaks, in words */
export type Checks = (view: StepView) => string[];

/**
 * The whole backend in one process, without HTTP: real services on a real database and
 * the sandbox's AWS, with a catalog, a configuration and clocks that can change, and a
 * process that can die. Every command is one step, after which everything is checked.
 */
export class LifeWorld {
  readonly catalog = new LifeCatalog();
  readonly memory = new LifeMemory();
  readonly configuration: LifeConfiguration;
  readonly clock: FakeClock;
  /** The database's clock less ours, in milliseconds. */
  skew = 0;
  /** Whether the database is made to fail in this step. */
  mayFail = false;
  services!: Services;
  database!: LifeDatabase;
  /** Bytes of the database of some time ago. */
  backup?: Buffer;
  /** Everything that was logged and sent. */
  private words: string[] = [];
  private told = 0;
  private readonly gone: Array<() => Promise<void>> = [];
  private readonly logs = new LifeLogs();
  private before!: Snapshot;
  private step?: {
    seen: SeenSession[];
    handedOut: HandedOut[];
    refusals: Refusal[];
    problems: string[];
    touched: Set<string>;
    anything: boolean;
    struck: boolean;
    replaced: boolean;
  };

  private constructor(
    private readonly shared: Shared,
    private readonly checks: Checks,
    private readonly folder: string,
  ) {
    this.clock = shared.clock;
    this.clock.database = { now: () => this.clock.now() + this.skew };
    this.configuration = new LifeConfiguration(shared.aws.sandbox, folder);
    shared.aws.onSecret = secret => this.memory.secrets.add(secret);
    shared.aws.onSession = session => this.seen(session);
  }

  /** A new world with an empty database, on the clock and the AWS that are there. */
  static async start(shared: Shared, checks: Checks): Promise<LifeWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'break-glass-life-'));
    const world = new LifeWorld(shared, checks, folder);
    await world.open(shared.image);
    world.before = world.snapshot();
    return world;
  }

  get sandbox() {
    return this.shared.aws.sandbox;
  }

  now(): number {
    return this.clock.now();
  }

  /** Runs one step and checks everything after it. @throws Error with what it breaks */
  async run(words: string, act: () => Promise<void>): Promise<void> {
    const { before } = this;
    const skew = this.skew;
    const wasRestored = this.isRestored(before);
    this.database.faults.struck = false;
    this.step = {
      seen: [],
      handedOut: [],
      refusals: [],
      problems: [],
      touched: new Set(),
      anything: false,
      struck: false,
      replaced: false,
    };
    await act();
    const { step } = this;
    const after = this.snapshot();
    const text = this.words.slice(this.told);
    this.told = this.words.length;
    this.before = after;
    this.remember(after);
    const view: StepView = {
      ...step,
      struck: this.hasStruck(),
      words,
      world: this,
      before: step.replaced ? after : before,
      after,
      now: this.now(),
      skew,
      wasRestored,
      text,
    };
    const problems = [...step.problems, ...this.checks(view)];
    if (problems.length > 0) {
      throw new Error(`After '${words}':\n  ${problems.join('\n  ')}`);
    }
  }

  /** Something that a command itself found wrong. */
  report(problem: string): void {
    this.step!.problems.push(problem);
  }

  /** Names a lease that the step may change; without one, it may change none (I9). */
  touch(leaseId: string): void {
    this.step!.touched.add(leaseId);
  }

  /** Says that the step may change any lease. */
  touchAll(): void {
    this.step!.anything = true;
  }

  handOut(given: HandedOut): void {
    this.step!.handedOut.push(given);
  }

  /**
   * Lets a person try something. Being refused is a usual answer, but only with a
   * stable code; other errors are only for a database that fails.
   */
  async attempt<T>(
    caller: string,
    work: () => Promise<T>,
  ): Promise<{ done: T } | { refused: string }> {
    try {
      return { done: await work() };
    } catch (error) {
      const code = codeOf(error);
      if (!code && !this.hasStruck()) {
        this.report(`an error without a code: ${(error as Error).stack}`);
      }
      const { name } = error as Error;
      this.step!.refusals.push({ caller, code, name });
      return { refused: code ?? 'failed' };
    }
  }

  /** Whether the database failed in this step. */
  hasStruck(): boolean {
    return this.step!.struck || this.database.faults.struck;
  }

  /** The lease that a pick means, as the step found it; undefined where there is none at all. */
  lease({ among, back }: LeasePick): Row | undefined {
    const all = [...this.before.leases.values()].sort((a, b) =>
      a.id < b.id ? 1 : -1,
    );
    const now = this.now();
    const fits = all.filter(lease => {
      const status = statusOf(lease, now);
      return among === 'in review'
        ? ['collecting', 'open'].includes(lease.review_state)
        : among === 'any' || status === among;
    });
    const from = fits.length > 0 ? fits : all;
    return from[back % (from.length || 1)];
  }

  /** Everything that is stored, as the step found it. */
  stored(): Snapshot {
    return this.before;
  }

  snapshot(): Snapshot {
    return takeSnapshot(this.database, this.configuration.spoolFile);
  }

  /** Services anew, as after a change of the configuration. */
  async restart(): Promise<void> {
    const { services } = this;
    this.gone.push(async () => services?.closeConnections());
    this.services = await createServices({
      auth: mockServices.auth(),
      catalog: this.catalog.service,
      clock: this.clock,
      config: mockServices.rootConfig({ data: this.configuration.data() }),
      database: {
        getClient: async () => this.database.knex,
        migrations: { skip: true },
      },
      logger: this.logger(),
      notifications: {
        send: async notification => {
          this.words.push(JSON.stringify(notification));
        },
      },
      signals: {
        publish: async signal => {
          this.words.push(JSON.stringify(signal));
        },
      },
      sourceOfModule: this.logs,
    });
    // Delivery is a step of its own: beside others it would make runs differ.
    this.services.outboxWorker.poke = () => {};
  }

  /** The process is gone, nothing was closed; another one starts on what was committed. */
  async die(): Promise<void> {
    await this.open(this.database.bytes());
  }

  /** The same on other bytes: a backup that was put back. */
  async replace(image: Buffer): Promise<void> {
    await this.open(image);
    this.step!.replaced = true;
  }

  async stop(): Promise<void> {
    this.shared.aws.onSession = () => {};
    this.shared.aws.onSecret = () => {};
    this.services.closeConnections();
    await this.database.close();
    for (const close of this.gone) {
      await close();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async open(image: Buffer): Promise<void> {
    const { database } = this;
    if (database) {
      this.step!.struck ||= database.faults.struck;
      this.gone.push(() => database.close());
    }
    this.database = await LifeDatabase.open(image);
    await this.restart();
  }

  /** Whether the newest anchor tells of an entry that the database does not have. */
  isRestored({ audit }: Snapshot = this.before): boolean {
    const { anchorFile } = this.configuration;
    if (!existsSync(anchorFile)) {
      return false;
    }
    const lines = readFileSync(anchorFile, 'utf8').trim().split('\n');
    const { seq, hash } = JSON.parse(lines.at(-1)!);
    return !audit.some(row => row.seq === seq && row.hash === hash);
  }

  private seen(session: AwsSession): void {
    this.logs.add(session);
    const states = this.snapshot()
      .tables.sessions.filter(
        row =>
          row.session_name === session.name &&
          row.role_arn === session.role.arn,
      )
      .map(row => row.state);
    this.step!.seen.push({ session, states });
  }

  /** What later steps need, and only this one can tell. */
  private remember(after: Snapshot): void {
    const { memory, catalog, configuration } = this;
    for (const { id, person } of [
      ...after.decisions,
      ...after.extensionDecisions,
    ]) {
      if (!memory.deciders.has(id)) {
        memory.deciders.set(id, catalog.person(person));
      }
    }
    for (const lease of after.leases.values()) {
      if (lease.closed_at !== null) {
        memory.over.add(lease.id);
      }
      if (!memory.requests.has(lease.id)) {
        const account = catalog.account(lease.account_ref);
        const begins = Math.max(this.now(), lease.start_at ?? 0);
        memory.requests.set(lease.id, {
          requester: catalog.person(lease.requester),
          account,
          policy:
            account && configuration.policy(lease.role_id, account, begins),
          profile: configuration.profile(lease.profile_id),
          durationMinutes: lease.duration_minutes,
        });
      }
    }
  }

  private logger(): LoggerService {
    const write = (message: string | Error, meta?: object) => {
      this.words.push(`${message} ${JSON.stringify(meta ?? {})}`);
    };
    const logger: LoggerService = {
      error: write,
      warn: write,
      info: write,
      debug: write,
      child: () => logger,
    };
    return logger;
  }
}
