import { AuditLog } from '../audit';
import {
  EvidenceRow,
  LeaseRow,
  ResidueRow,
  SessionRow,
  Stores,
} from '../database/types';
import { sealedByLook } from './evidence';
import type { LookOutcome } from './writeLook';

/** Withdrawn events that the audit log names. */
const NAMED = 20;

/**
 * Writes the events and the residue that a look found, and takes out those that
 * turned out not to be the lease's.
 * @returns the evidence with what its events say.
 */
export async function storeFound(
  stores: Stores,
  deps: { audit: AuditLog },
  { lease, sessions }: { lease: LeaseRow; sessions: SessionRow[] },
  evidence: EvidenceRow,
  outcome: LookOutcome,
): Promise<EvidenceRow> {
  await stores.activity.upsert(outcome.events, outcome.now);
  await withdraw(stores, deps, lease, outcome);
  const found = await sealedByLook(stores, lease, evidence, sessions);
  const residueOpen = await storeResidue(stores, lease.id, found.residue);
  return { ...found.evidence, residueOpen };
}

/**
 * Takes events out that a look before took for the lease's, because it could not
 * know better. The log says so: evidence never shrinks in silence.
 */
async function withdraw(
  stores: Stores,
  { audit }: { audit: AuditLog },
  lease: LeaseRow,
  { gathered, now }: LookOutcome,
): Promise<void> {
  const known = [...(gathered?.attribution.withdrawn ?? [])];
  const removed = await stores.activity.remove(lease.id, known);
  if (removed.length === 0) {
    return;
  }
  await audit.record(stores, {
    at: now,
    actor: 'system',
    action: 'evidence.withdraw',
    outcome: 'done',
    leaseId: lease.id,
    accountRef: lease.accountRef,
    details: { events: removed.length, named: removed.sort().slice(0, NAMED) },
  });
}

/** @returns how much of it is still open. */
async function storeResidue(
  stores: Stores,
  leaseId: string,
  found: ResidueRow[],
): Promise<number> {
  const keys = new Set(found.map(({ key }) => key));
  const before = await stores.residue.ofLease(leaseId);
  const unmade = before
    .filter(({ key, state }) => state === 'open' && !keys.has(key))
    .map(row => ({ ...row, state: 'gone' as const }));
  await stores.residue.put(leaseId, [...found, ...unmade]);
  const after = await stores.residue.ofLease(leaseId);
  return after.filter(({ state }) => state === 'open').length;
}
