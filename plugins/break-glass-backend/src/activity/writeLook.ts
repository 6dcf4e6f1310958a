import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import {
  ActivityEventRow,
  EvidenceRow,
  LeaseRow,
  Millis,
  SessionRow,
  Stores,
} from '../database/types';
import { CloudTrailRecord, eventIdOf } from './cloudTrailRecord';
import { evidenceAfter } from './evidenceAfter';
import { Gathered } from './gather';
import { openingMessages } from './openingMessages';
import { storeFound } from './storeFound';

/** A look that was claimed. */
export interface Look {
  lease: LeaseRow;
  sessions: SessionRow[];
  /** Time of the claim: whoever claims later replaces it. */
  token: Millis;
  /** Whether the source may still be asked: not as much was read for the lease as may be. */
  mayAsk: boolean;
}

/** What a look came to. */
export interface LookOutcome {
  /** Absent where the source could not be read, or was not asked. */
  gathered?: Gathered;
  events: ActivityEventRow[];
  /** Title of the source. */
  source: string;
  now: Millis;
}

/**
 * Takes over records that carry the name of a lease but come from none of its
 * sessions (pitfall 38). Runs in the transaction of the look, at every look that
 * finds them; where it throws, nothing of the look is written.
 */
export type OnUnbrokered = (
  records: CloudTrailRecord[],
  lease: LeaseRow,
  stores: Stores,
) => Promise<void>;

/** Events of unbrokered use that the audit log names. */
const NAMED = 20;

/**
 * Writes events, evidence, the state of the review and what others are told, in
 * the caller's transaction. Somebody who looked later, or a verdict that froze
 * the evidence, makes the look void.
 * @returns false where the lease changed meanwhile and it is to be tried again.
 */
export async function writeLook(
  stores: Stores,
  deps: {
    config: BreakGlassConfig;
    audit: AuditLog;
    onUnbrokered?: OnUnbrokered;
  },
  look: Look,
  outcome: LookOutcome,
): Promise<boolean> {
  const lease = await stores.leases.get(look.lease.id);
  const before = await stores.evidence.get(look.lease.id);
  if (!lease || !isCurrent(before, look)) {
    return true;
  }
  const sessions = await stores.sessions.ofLeases([lease.id]);
  const evidence = evidenceAfter(
    deps.config,
    { lease, sessions, before },
    outcome,
  );
  if (!(await moveReview(stores, lease, evidence))) {
    return false;
  }
  const row = await storeFound(
    stores,
    deps,
    { lease, sessions },
    evidence,
    outcome,
  );
  await stores.evidence.put(row);
  if (lease.reviewState === 'collecting' && row.state !== 'collecting') {
    await recordOpening(stores, deps, lease, row, outcome);
  }
  const unbrokered = outcome.gathered?.attribution.unbrokered ?? [];
  if (unbrokered.length > 0) {
    await deps.onUnbrokered?.(unbrokered, lease, stores);
  }
  const signal = { kind: 'signal', leaseId: lease.id } as const;
  await stores.outbox.enqueue([signal], outcome.now);
  return true;
}

function isCurrent(
  before: EvidenceRow | undefined,
  look: Look,
): before is EvidenceRow {
  return (
    before !== undefined &&
    before.frozenAt === undefined &&
    before.lastLookAt === look.token
  );
}

/** A review opens when there is nothing more to wait for; one that was decided stays. */
async function moveReview(
  stores: Stores,
  lease: LeaseRow,
  evidence: EvidenceRow,
): Promise<boolean> {
  if (lease.reviewState !== 'collecting' && lease.reviewState !== 'open') {
    return true;
  }
  return stores.leases.update(
    lease.id,
    lease.version,
    evidence.state === 'collecting'
      ? { reviewState: 'collecting', collectDueAt: evidence.nextLookAt }
      : { reviewState: 'open', collectDueAt: undefined },
  );
}

async function recordOpening(
  stores: Stores,
  deps: { config: BreakGlassConfig; audit: AuditLog },
  lease: LeaseRow,
  evidence: EvidenceRow,
  { gathered, now }: LookOutcome,
) {
  const unbrokered = gathered?.attribution.unbrokered ?? [];
  await deps.audit.record(stores, {
    at: now,
    actor: 'system',
    action: 'review.open',
    outcome: 'done',
    leaseId: lease.id,
    accountRef: lease.accountRef,
    details: {
      evidence: evidence.state,
      evidenceHash: evidence.hash,
      events: evidence.eventCount,
      sessionsMissing: evidence.sessionsMissing,
      unreadable: evidence.unreadable.length,
      unbrokered: unbrokered.length,
      unbrokeredEvents: unbrokered.slice(0, NAMED).map(eventIdOf),
    },
  });
  await stores.outbox.enqueue(
    openingMessages(deps.config.reviewers, lease, evidence),
    now,
  );
}
