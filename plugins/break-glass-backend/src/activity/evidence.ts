import { BreakGlassConfig } from '../config/types';
import {
  ActivityEventRow,
  EvidenceRow,
  LeaseRow,
  Millis,
  ResidueRow,
  SessionRow,
  Stores,
} from '../database/types';
import { completeness, patienceOf } from './completeness';
import { evidenceHash } from './evidenceHash';
import { EvidenceTally } from './EvidenceTally';
import { Residue } from './residue';

/** The configured part of the review that evidence depends on. */
export type ReviewTimes = Pick<
  BreakGlassConfig['review'],
  'settlingMinutes' | 'collectEveryMinutes'
>;

/** Stands for the source where nobody looked yet. */
const NO_SOURCE = 'none yet';

/**
 * The evidence of a lease as it stands. Before anybody looked it is empty: still
 * to be collected, or complete at once where no session was issued.
 */
export async function presentEvidence(
  stores: Pick<Stores, 'evidence' | 'sessions'>,
  lease: LeaseRow,
  times: ReviewTimes,
  now: Millis,
): Promise<EvidenceRow> {
  const stored = await stores.evidence.get(lease.id);
  if (stored) {
    return stored;
  }
  const sessions = await stores.sessions.ofLeases([lease.id]);
  return emptyEvidence(lease, sessions, times, now);
}

/** Evidence before the first look. */
export async function emptyEvidence(
  lease: LeaseRow,
  sessions: SessionRow[],
  times: ReviewTimes,
  now: Millis,
): Promise<EvidenceRow> {
  const verdict = completeness({
    now,
    lease,
    sessions,
    proven: new Set(),
    coverage: {
      unreadable: [],
      trailRunningAtEnd: false,
      notSearched: ['Nobody looked at the logs yet.'],
    },
    patience: patienceOf(times),
  });
  const coverage = {
    source: NO_SOURCE,
    regions: [],
    dataEvents: 'unknown' as const,
    unreadable: [],
    notes: [],
    blindSpots: [],
  };
  const hash = await evidenceHash(
    lease.id,
    { ...coverage, ...verdict },
    sessions,
    [],
  );
  return {
    leaseId: lease.id,
    ...verdict,
    ...coverage,
    lastLookAt: 0,
    eventCount: 0,
    writes: 0,
    refused: 0,
    sensitive: 0,
    residueOpen: 0,
    networks: [],
    hash,
  };
}

/**
 * The same evidence with the number of its events and its hash, as the database
 * holds them now.
 */
export async function sealed(
  stores: Pick<Stores, 'activity'>,
  evidence: EvidenceRow,
  sessions: SessionRow[],
): Promise<EvidenceRow> {
  let eventCount = 0;
  const hash = await sealing(stores, evidence, sessions, () => {
    eventCount += 1;
  });
  return { ...evidence, eventCount, hash };
}

/**
 * The same evidence as it is after a look, with the residue of the lease: one
 * pass over the events that the database holds now, each forgotten after it.
 */
export async function sealedByLook(
  stores: Pick<Stores, 'activity'>,
  lease: LeaseRow,
  evidence: EvidenceRow,
  sessions: SessionRow[],
): Promise<{ evidence: EvidenceRow; residue: ResidueRow[] }> {
  const tally = new EvidenceTally();
  const residue = new Residue(lease);
  const hash = await sealing(stores, evidence, sessions, event => {
    tally.add(event);
    residue.add(event);
  });
  return {
    evidence: { ...evidence, ...tally.counts(), hash },
    residue: residue.rows(),
  };
}

/** Hash of the evidence as the database holds it now, while its events pass by. */
export function sealing(
  stores: Pick<Stores, 'activity'>,
  evidence: EvidenceRow,
  sessions: SessionRow[],
  see: (event: ActivityEventRow) => void,
): Promise<string> {
  async function* seen() {
    for await (const event of stores.activity.all(evidence.leaseId)) {
      see(event);
      yield event;
    }
  }
  return evidenceHash(evidence.leaseId, evidence, sessions, seen());
}
