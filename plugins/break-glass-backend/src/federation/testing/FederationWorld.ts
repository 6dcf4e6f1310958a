// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { AwsSandbox, startAwsSandbox, WorldSeed } from 'aws-sandbox';
import { Account, AccountDirectory, Person } from '../../accounts/types';
import { findingAll } from '../../testing/approvals';
import { PolicyProofs } from '../../approvals';
import { AuditAnchor, AuditLog, AuditSpool } from '../../audit';
import { BreakGlassConfig } from '../../config/types';
import { Database, LeaseRow } from '../../database/types';
import { ulids } from '../../ids';
import { LeaseDependencies } from '../../leases/dependencies';
import { buildScope, LeaseResolver } from '../../leases/LeaseResolver';
import { TicketChecks } from '../../leases/TicketChecks';
import { scopeHash } from '../../leases/scope';
import { aLeaseRow, NOON } from '../../testing/rows';
import { createFederation, Federation } from '../createFederation';
import { CredentialBroker } from '../types';
import { federationConfig } from './federationConfig';

const MINUTE = 60_000;

/** A clock that moves by hand; portal, database and sandbox all look at it. */
export class HandClock {
  constructor(private at: number = NOON) {}

  now(): number {
    return this.at;
  }

  pass(minutes: number): void {
    this.at += minutes * MINUTE;
  }
}

const BROKERS: Record<string, [string, string]> = {
  '555566667777': ['AKIASANDBOXBROKERAWS', 'sandbox-broker-secret-commercial'],
  '888899990000': ['AKIASANDBOXBROKERGOV', 'sandbox-broker-secret-govcloud'],
};

const credentials: AwsCredentialsManager = {
  getCredentialProvider: async ({ accountId = '' } = {}) => ({
    accountId,
    sdkCredentialProvider: async () => {
      const [accessKeyId, secretAccessKey] = BROKERS[accountId];
      return { accessKeyId, secretAccessKey };
    },
  }),
};

function account(change: Partial<Account> & Pick<Account, 'ref'>): Account {
  return {
    title: change.ref,
    accountId: '111122223333',
    partition: 'aws',
    region: 'eu-central-1',
    owner: 'group:default/payroll-developers',
    controlPlane: false,
    labels: {},
    tags: [],
    ...change,
  };
}

function person(name: string, ...groups: string[]): Person {
  const ref = `user:default/${name}`;
  return {
    ref,
    displayName: name,
    key: ref,
    groups: new Set(groups.map(group => `group:default/${group}`)),
  };
}

/** The demo world around federation: a sandbox over real HTTP, a real database, one clock. */
export class FederationWorld {
  readonly config: BreakGlassConfig;
  readonly logger = mockServices.logger.mock();
  /** What the catalog says now, by ref. */
  readonly people = new Map(
    [
      person('mary', 'cloud-admins'),
      person('daniel', 'cloud-admins'),
      person('alice', 'payroll-developers'),
      person('frank'),
    ].map(each => [each.ref, each]),
  );
  readonly accounts = new Map(
    [
      account({ ref: 'resource:default/payroll' }),
      account({
        ref: 'resource:default/payments',
        accountId: '222233334444',
        externalId: 'bg-payments',
      }),
      account({
        ref: 'resource:default/gov-payroll',
        accountId: '444455556666',
        partition: 'aws-us-gov',
        region: 'us-gov-west-1',
      }),
      account({
        ref: 'resource:default/developer-portal',
        accountId: '555566667777',
        controlPlane: true,
      }),
    ].map(each => [each.ref, each]),
  );
  /** How often the outbox was told that there is something to deliver. */
  wakes = 0;

  private constructor(
    readonly sandbox: AwsSandbox,
    readonly database: Database,
    readonly clock: HandClock,
    readonly directory: string,
  ) {
    this.config = federationConfig(sandbox.url);
  }

  /** Starts a world on a migrated database; stop it after the test. */
  static async start(
    database: Database,
    clock: HandClock,
    options: {
      propagationDelayMs?: number;
      sandboxClock?: HandClock;
      seed?: WorldSeed;
    } = {},
  ): Promise<FederationWorld> {
    const directory = await mkdtemp(path.join(tmpdir(), 'federation-'));
    const sandbox = await startAwsSandbox({
      clock: options.sandboxClock ?? clock,
      logDirectory: path.join(directory, 'cloudtrail'),
      propagationDelayMs: options.propagationDelayMs,
      world: options.seed,
    });
    return new FederationWorld(sandbox, database, clock, directory);
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Federation as it is wired in the backend, on what the world holds now. */
  federation(
    change: Partial<LeaseDependencies> & {
      credentialBroker?: CredentialBroker;
      directory?: AccountDirectory;
      credentials?: AwsCredentialsManager;
    } = {},
  ): Federation {
    return createFederation({
      ...this.dependencies(),
      directory: this.accountDirectory(),
      credentials,
      ...change,
      logger: this.logger,
    });
  }

  dependencies(): LeaseDependencies {
    const { config, database, clock, logger } = this;
    const file = (name: string) => path.join(this.directory, name);
    return {
      config,
      database,
      clock,
      ids: ulids(clock),
      audit: new AuditLog({
        database,
        clock,
        logger,
        spool: new AuditSpool({ file: file('spool.jsonl'), database }),
        anchor: new AuditAnchor(file('anchor.jsonl')),
      }),
      people: {
        find: async ref => this.people.get(ref),
        findAll: findingAll(async ref => this.people.get(ref)),
        names: async refs => new Map(refs.map(ref => [ref, ref])),
        members: async () => [...this.people.values()],
      },
      proofs: new PolicyProofs({
        config,
        people: { everybody: async () => [...this.people.values()] },
        directory: this.accountDirectory(),
        clock,
        logger,
        usable: () => true,
      }),
      resolver: this.resolver(),
      tickets: new TicketChecks([], this.clock),
      wake: () => {
        this.wakes += 1;
      },
    };
  }

  private accountDirectory(): AccountDirectory {
    return {
      resolve: async ref => {
        const found = this.accounts.get(ref);
        return found && { ok: true, account: found };
      },
      list: async () => ({
        items: [...this.accounts.values()].map(each => ({
          ok: true,
          account: each,
        })),
      }),
    };
  }

  private resolver(): LeaseResolver {
    return new LeaseResolver(
      this.config,
      this.accountDirectory(),
      { sha256: async () => 'a'.repeat(64) },
      this.clock,
    );
  }

  /** Puts an active lease of Mary's into the database, as approving one would have. */
  async activeLease(
    choice: {
      accountRef?: string;
      profileId?: string;
      profileParameters?: Record<string, string>;
      minutes?: number;
    } = {},
    change: Partial<LeaseRow> = {},
  ): Promise<LeaseRow> {
    const resolved = await this.resolver().choice({
      accountRef: choice.accountRef ?? 'resource:default/payroll',
      roleId: 'break-glass',
      profileId: choice.profileId ?? 's3',
      profileParameters: choice.profileParameters ?? {},
    });
    const id = ulids(this.clock).next();
    const words = {
      leaseId: id,
      requester: 'user:default/mary',
      beneficiary: 'user:default/alice',
      reason: 'Alice is locked out',
      ticket: 'SUP-1234',
    };
    const scope = buildScope(words, resolved);
    const { account: at, role, roleArn, profile } = resolved;
    const minutes = choice.minutes ?? 120;
    const row = aLeaseRow({
      ...words,
      id,
      status: 'approved',
      accountRef: at.ref,
      accountTitle: at.title,
      accountId: at.accountId,
      partition: at.partition,
      region: at.region,
      accountOwner: at.owner,
      roleId: role.id,
      roleArn,
      profileId: profile.id,
      profileParameters: profile.parameters,
      scope,
      scopeHash: scopeHash(scope),
      durationMinutes: minutes,
      requestedAt: this.clock.now(),
      activeFrom: this.clock.now(),
      expiresAt: this.clock.now() + minutes * MINUTE,
      ...change,
    });
    delete (row as { leaseId?: string }).leaseId;
    await this.database.leases.insert(row);
    return row;
  }

  /** Ends a lease, as its requester would. */
  async end(lease: LeaseRow): Promise<void> {
    const row = (await this.database.leases.get(lease.id))!;
    const now = this.clock.now();
    const change: Partial<LeaseRow> = {
      status: 'ended',
      closedAt: now,
      closedBy: row.requester,
      kill: 'requested',
      killRequestedAt: now,
    };
    if (!(await this.database.leases.update(row.id, row.version, change))) {
      throw new Error('the lease was changed by somebody else');
    }
  }

  /** How far the kill of a lease has come. */
  async killOf(lease: LeaseRow): Promise<LeaseRow['kill'] | undefined> {
    return (await this.database.leases.get(lease.id))?.kill;
  }

  /** Leases for which the outbox holds a kill. */
  async killsAsked(): Promise<string[]> {
    const { outbox } = this.database;
    const due = await outbox.claim(this.clock.now(), 100, 1_000);
    return due.flatMap(({ message }) =>
      message.kind === 'kill' ? [message.leaseId] : [],
    );
  }

  /** Actions in the audit log, oldest first. */
  async audited(): Promise<
    Array<{ action: string; outcome: string; code?: string }>
  > {
    const rows = await this.database.audit.list({}, { limit: 200 });
    return rows
      .map(({ action, outcome, code }) => ({ action, outcome, code }))
      .reverse();
  }
}
