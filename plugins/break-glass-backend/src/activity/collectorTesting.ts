// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { mockServices } from '@backstage/backend-test-utils';
import {
  ActivityCoverage,
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  UseResult,
} from 'backstage-plugin-break-glass-node';
import { AuditLog, AuditSpool } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow, SessionRow } from '../database/types';
import { FakeClock } from '../testing/FakeClock';
import { anActiveLeaseRow, aSessionRow, NOON } from '../testing/rows';
import { ActivityCollector } from './ActivityCollector';
import { ActivityService } from './ActivityService';
import { CloudTrailRecord } from './cloudTrailRecord';
import { EvidenceService } from './EvidenceService';
import { aCall, anAssumeRole } from './testing';

const MINUTE = 60_000;

/** A source whose records, and trouble, a test decides. */
export class ScriptedSource implements ActivitySource {
  readonly id = 'scripted';
  readonly title = 'Scripted logs';
  records: CloudTrailRecord[] = [];
  unreadable: string[] = [];
  /** What the coverage says beside that. */
  coverage: Partial<ActivityCoverage> = {};
  failure?: Error;
  /** Runs while a search is under way. */
  meanwhile?: () => Promise<unknown>;
  readonly queries: ActivityQuery[] = [];

  async search(query: ActivityQuery): Promise<ActivityResult> {
    this.queries.push(query);
    await this.meanwhile?.();
    if (this.failure) {
      throw this.failure;
    }
    return {
      records: [...this.records],
      coverage: {
        regions: ['eu-west-1'],
        dataEvents: 'seen',
        trailRunningAtEnd: true,
        filesRead: this.queries.length,
        unreadable: this.unreadable,
        ...this.coverage,
      },
    };
  }

  async searchUses(): Promise<UseResult> {
    throw new Error('Nobody looks for uses here');
  }

  async probe() {
    return { ok: true, words: 'Scripted.' };
  }
}

/** The part of the configuration that activity and review look at. */
export function reviewConfig(
  change: Partial<BreakGlassConfig['review']> = {},
): BreakGlassConfig {
  const nobody = { groups: [], users: [], accountOwner: false };
  return {
    roles: [],
    profiles: [],
    auditors: nobody,
    responders: nobody,
    reviewers: { ...nobody, groups: ['group:default/security-reviewers'] },
    review: {
      dueMinutes: 60,
      settlingMinutes: 30,
      collectEveryMinutes: 5,
      approverMayReview: false,
      remindBeforeMinutes: 24 * 60,
      remindEveryMinutes: 24 * 60,
      escalateAfterMinutes: 2 * 24 * 60,
      escalateTo: { groups: [], users: [], accountOwner: false },
      maxBytesPerLease: 1024 ** 4,
      maxRecordsPerLook: 100_000,
      ...change,
    },
  } as unknown as BreakGlassConfig;
}

/** Collecting on a database, with a clock and a source that a test moves. */
export function collecting(database: Database) {
  const clock = new FakeClock(NOON);
  const source = new ScriptedSource();
  const logger = mockServices.rootLogger({ level: 'none' });
  const audit = new AuditLog({
    database,
    clock,
    logger,
    spool: new AuditSpool({ file: '/nowhere/spool.jsonl', database }),
  });
  const config = reviewConfig();
  const wake = jest.fn();
  const deps = { config, database, audit, clock, logger, source, wake };
  const collector = new ActivityCollector(deps);
  return {
    ...deps,
    collector,
    service: new ActivityService({ ...deps, collector }),
    evidence: new EvidenceService(deps),
  };
}

/** When Mary's only session began, as CloudTrail writes it. */
export const SESSION_BEGAN = '2026-10-01T12:00:00Z';

/** A lease of Mary's that ended ten minutes after noon and is being collected, with one session until one o'clock. */
export async function anEndedLease(
  database: Database,
  change: Partial<LeaseRow> = {},
  sessionChange: Partial<SessionRow> = {},
): Promise<{ lease: LeaseRow; session: SessionRow }> {
  const lease = anActiveLeaseRow({
    status: 'ended',
    closedAt: NOON + 10 * MINUTE,
    closedBy: 'user:default/mary',
    reviewState: 'collecting',
    collectDueAt: NOON + 10 * MINUTE,
    ...change,
  });
  const session = aSessionRow({
    leaseId: lease.id,
    sessionName: `mary@${lease.id}`,
    accessKeyId: `ASIA${lease.id.slice(-16)}`,
    ...sessionChange,
  });
  await database.leases.insert(lease);
  await database.sessions.insert(session);
  return { lease, session };
}

/** The AssumeRole record of a session, with the secret that CloudTrail writes into it. */
export function issueOf(session: SessionRow): CloudTrailRecord {
  const record = anAssumeRole(
    {
      roleArn: session.roleArn,
      sessionName: session.sessionName,
      accessKeyId: session.accessKeyId!,
    },
    SESSION_BEGAN,
  );
  const { credentials } = record.responseElements as Record<string, object>;
  Object.assign(credentials, { sessionToken: 'TOKEN-THAT-NOBODY-MAY-SEE' });
  return record;
}

/** A call with a session. */
export function callOf(
  session: SessionRow,
  change: CloudTrailRecord = {},
): CloudTrailRecord {
  return aCall(
    {
      sessionName: session.sessionName,
      accessKeyId: session.accessKeyId,
      createdAt: SESSION_BEGAN,
      role: session.roleArn.split('/').pop(),
    },
    { eventTime: '2026-10-01T12:05:00Z', ...change },
  );
}
