import { LoggerService } from '@backstage/backend-plugin-api';
import { EvidenceCheck } from 'backstage-plugin-break-glass-common';
import { AuditLog } from '../audit';
import { Database, EvidenceRow, LeaseRow } from '../database/types';
import { conflictError, unavailableError } from '../errors';
import { attempt } from '../leases/dependencies';
import { iso } from '../leases/leaseView';
import { AGAIN_AFTER } from './ActivityCollector';
import { checkWords } from './checkWords';
import { presentEvidence, sealed, sealing } from './evidence';
import { EvidenceComparison } from './EvidenceComparison';
import { evidenceLines, hashed } from './evidenceHash';
import { Gathered } from './gather';
import { GatherDependencies, gatherFor } from './gatherFor';

/** What handing out and checking evidence takes. */
export interface EvidenceDependencies extends GatherDependencies {
  database: Database;
  audit: AuditLog;
  logger: LoggerService;
}

/**
 * Hands out evidence as text, and compares frozen evidence with the source.
 * Whether the caller may read the lease is for the caller of this to check.
 */
export class EvidenceService {
  constructor(private readonly deps: EvidenceDependencies) {}

  /**
   * The evidence as lines of canonical JSON, whose SHA-256 is its hash. Audited.
   * The lines throw where the evidence changes while they are read: what ends
   * without an error is whole.
   * @throws ConflictError `evidence-changed` where the stored evidence is not
   *   what was collected.
   */
  async export(actor: string, lease: LeaseRow): Promise<AsyncIterable<string>> {
    const { audit, clock, config, database } = this.deps;
    const what = { actor, action: 'evidence.export', leaseId: lease.id };
    return attempt(this.deps, what, async () => {
      const now = clock.now();
      const evidence = await presentEvidence(
        database,
        lease,
        config.review,
        now,
      );
      const sessions = await database.sessions.ofLeases([lease.id]);
      const found = await sealed(database, evidence, sessions);
      if (found.hash !== evidence.hash) {
        throw notAsCollected();
      }
      await database.transaction(stores =>
        audit.record(stores, {
          ...what,
          at: now,
          outcome: 'done',
          accountRef: lease.accountRef,
          details: {
            evidenceHash: evidence.hash,
            events: found.eventCount,
            frozen: evidence.frozenAt !== undefined,
          },
        }),
      );
      const events = database.activity.all(lease.id);
      const lines = evidenceLines(lease.id, evidence, sessions, events);
      return hashed(lines, evidence.hash);
    });
  }

  /**
   * Looks into the source again and says what differs from the frozen evidence.
   * Changes nothing that is stored but the audit log; at most once in ten seconds
   * for a lease.
   * @throws ConflictError `evidence-not-frozen`, `rate-limited`
   * @throws ServiceUnavailableError `log-source-unavailable`
   */
  async check(actor: string, lease: LeaseRow): Promise<EvidenceCheck> {
    const what = { actor, action: 'evidence.check', leaseId: lease.id };
    return attempt(this.deps, what, async () => {
      const { evidence, judged } = await this.claim(actor, lease);
      const gathered = await this.lookAgain(actor, lease);
      const check = await this.compare(evidence, judged, gathered);
      await this.conclude(actor, lease, {
        outcome: 'done',
        details: {
          frozenHash: check.frozenHash,
          storedIntact: check.storedIntact,
          same: check.same,
          ...check.counts,
        },
      });
      return check;
    });
  }

  /** Takes a check for this caller alone, and records that it was asked for. */
  private async claim(actor: string, lease: LeaseRow) {
    const { audit, clock, database } = this.deps;
    const now = clock.now();
    return database.transaction(async stores => {
      // Others who ask at once wait here for the entry below.
      await stores.leases.lock(lease.id);
      const evidence = await stores.evidence.get(lease.id);
      if (evidence?.frozenAt === undefined) {
        throw conflictError(
          'evidence-not-frozen',
          'There is no verdict on this evidence yet, so that there is nothing to compare with. Look again instead.',
        );
      }
      const entries = (action: string, from?: number) =>
        stores.audit.list(
          { leaseId: lease.id, action, outcome: 'done', from },
          { limit: 1 },
        );
      const recent = await entries('evidence.check', now - AGAIN_AFTER + 1);
      if (recent.length > 0) {
        throw conflictError(
          'rate-limited',
          'Somebody checked this evidence a few seconds ago. Check again in a moment.',
        );
      }
      const verdicts = [
        ...(await entries('review.accepted')),
        ...(await entries('review.flagged')),
      ].sort((a, b) => b.seq - a.seq);
      const judged = verdicts[0]?.details.evidenceHash;
      await audit.record(stores, {
        at: now,
        actor,
        action: 'evidence.check',
        outcome: 'done',
        leaseId: lease.id,
        accountRef: lease.accountRef,
        details: { evidenceHash: evidence.hash },
      });
      return {
        evidence,
        judged: typeof judged === 'string' ? judged : undefined,
      };
    });
  }

  private async lookAgain(actor: string, lease: LeaseRow): Promise<Gathered> {
    const { database, logger, source } = this.deps;
    const sessions = await database.sessions.ofLeases([lease.id]);
    try {
      return await gatherFor(this.deps, lease, sessions);
    } catch (error) {
      logger.warn(
        `The evidence of lease ${lease.id} was not checked: ${source.id} could not be read: ${error}`,
      );
      const code = 'log-source-unavailable';
      await this.conclude(actor, lease, {
        outcome: 'failed',
        code,
        details: {},
      });
      throw unavailableError(
        code,
        `${source.title} cannot be read at the moment. The frozen evidence stands; check it again later, or ask the platform team.`,
      );
    }
  }

  private async compare(
    evidence: EvidenceRow,
    judged: string | undefined,
    gathered: Gathered,
  ): Promise<EvidenceCheck> {
    const { clock, database } = this.deps;
    const { leaseId, frozenAt } = evidence;
    const comparison = new EvidenceComparison(gathered.attribution.events);
    const sessions = await database.sessions.ofLeases([leaseId]);
    const hash = await sealing(database, evidence, sessions, event =>
      comparison.see(event),
    );
    const result = comparison.result();
    const storedIntact = hash === evidence.hash && hash === judged;
    return {
      checkedAt: iso(clock.now()),
      frozenAt: iso(frozenAt!),
      frozenHash: judged ?? evidence.hash,
      storedIntact,
      ...result,
      words: checkWords(result, storedIntact, gathered.coverage),
    };
  }

  private async conclude(
    actor: string,
    lease: LeaseRow,
    result: {
      outcome: 'done' | 'failed';
      code?: string;
      details: Record<string, unknown>;
    },
  ): Promise<void> {
    const { audit, clock, database } = this.deps;
    await database.transaction(stores =>
      audit.record(stores, {
        ...result,
        at: clock.now(),
        actor,
        action: 'evidence.checked',
        leaseId: lease.id,
        accountRef: lease.accountRef,
      }),
    );
  }
}

function notAsCollected() {
  return conflictError(
    'evidence-changed',
    'The stored evidence is not what was collected. Look again now; if this stays, tell the security team.',
  );
}
