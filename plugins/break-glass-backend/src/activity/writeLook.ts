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
import { CloudTrailRecord } from './cloudTrailRecord';
import { completeness, patienceOf } from './completeness';
import { sealed } from './evidence';
import { Gathered } from './gather';
import { openingMessages } from './openingMessages';

/** A look that was claimed. */
export interface Look {
  lease: LeaseRow;
  sessions: SessionRow[];
  /** Time of the claim: whoever claims later replaces it. */
  token: Millis;
}

/** What a look came to. */
export interface LookOutcome {
  /** Absent where the source could not be read. */
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
  await stores.activity.upsert(outcome.events);
  const row = await sealed(stores, evidence, sessions);
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

/** Where the logs could not be read, what was found before stands. */
function evidenceAfter(
  config: BreakGlassConfig,
  rows: { lease: LeaseRow; sessions: SessionRow[]; before: EvidenceRow },
  { gathered, source, now }: LookOutcome,
): EvidenceRow {
  const { lease, sessions, before } = rows;
  if (!gathered && before.state === 'complete') {
    return before;
  }
  const verdict = completeness({
    now,
    lease,
    sessions,
    proven: gathered?.attribution.proven ?? new Set(),
    coverage: gathered?.coverage,
    chainedEnds: gathered?.attribution.chained.map(({ endsAt }) => endsAt),
    patience: patienceOf(config.review),
  });
  if (!gathered) {
    const { sessionsMissing } = before;
    return { ...before, nextLookAt: undefined, ...verdict, sessionsMissing };
  }
  const { regions, dataEvents, filesRead, unreadable } = gathered.coverage;
  const words = `${verdict.words}${unbrokeredWords(gathered)}`;
  return {
    ...before,
    nextLookAt: undefined,
    settledAt: undefined,
    ...verdict,
    ...{ words, source, regions, dataEvents, filesRead, unreadable },
  };
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
      unbrokeredEvents: unbrokered
        .slice(0, NAMED)
        .map(record => String(record.eventID).slice(0, 64)),
    },
  });
  await stores.outbox.enqueue(
    openingMessages(deps.config.reviewers, lease, evidence),
    now,
  );
}

function unbrokeredWords({ attribution }: Gathered): string {
  const count = attribution.unbrokered.length;
  if (count === 0) {
    return '';
  }
  return ` ${
    count === 1 ? 'One record carries' : `${count} records carry`
  } the name of this lease but come from a session that was not issued under it: unbrokered use, not shown here.${disputedWords(
    attribution.disputed,
  )}`;
}

function disputedWords(count: number): string {
  if (count === 0) {
    return '';
  }
  return ` Somebody else took the same name in the same second: whether ${
    count === 1 ? 'one of them is' : `${count} of them are`
  } theirs or this lease’s cannot be told.`;
}
