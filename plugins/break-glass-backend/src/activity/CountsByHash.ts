import { ActivityCounts } from 'backstage-plugin-break-glass-common';
import { ActivityStore, EvidenceRow } from '../database/types';

/** Leases whose counts are kept. */
const KEPT = 200;

/**
 * Counts over all events of a lease, counted once for each state of its
 * evidence: every page shows them, and a hash stands for the same events, in
 * whatever process.
 */
export class CountsByHash {
  private readonly known = new Map<string, ActivityCounts>();

  constructor(private readonly activity: Pick<ActivityStore, 'counts'>) {}

  /** The counts of the events that the evidence is of. */
  async of(evidence: EvidenceRow): Promise<ActivityCounts> {
    const key = `${evidence.leaseId} ${evidence.hash}`;
    const known = this.known.get(key);
    if (known) {
      return known;
    }
    const counts = await this.activity.counts(evidence.leaseId);
    if (agree(evidence, counts)) {
      this.known.set(key, counts);
      const [oldest] = this.known.keys();
      if (this.known.size > KEPT) {
        this.known.delete(oldest);
      }
    }
    return counts;
  }
}

/** A look may write between reading the evidence and counting: that is not kept. */
function agree(evidence: EvidenceRow, counts: ActivityCounts): boolean {
  return (
    evidence.eventCount === counts.total &&
    evidence.writes === counts.writes &&
    evidence.refused === counts.refused &&
    evidence.sensitive === counts.sensitive
  );
}
