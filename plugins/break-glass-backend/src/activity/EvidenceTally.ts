import { isWrite } from '../database/activityConditions';
import { ActivityEventRow, EvidenceRow } from '../database/types';
import { networkOf } from './network';

/** Networks that a row of evidence names; more say nothing more. */
const MOST_NETWORKS = 100;

/** Counts over the events of a lease, as lists show them. Events stream through it. */
export class EvidenceTally {
  private eventCount = 0;
  private writes = 0;
  private refused = 0;
  private sensitive = 0;
  private readonly networks = new Set<string>();

  /** Counts the next event. */
  add(event: ActivityEventRow): void {
    this.eventCount += 1;
    this.writes += Number(isWrite(event));
    this.refused += Number(event.refused);
    this.sensitive += Number(event.sensitive.length > 0);
    const network = networkOf(event.sourceIp);
    if (network && this.networks.size < MOST_NETWORKS) {
      this.networks.add(network);
    }
  }

  /** The counts so far. */
  counts(): Pick<
    EvidenceRow,
    'eventCount' | 'writes' | 'refused' | 'sensitive' | 'networks'
  > {
    const { eventCount, writes, refused, sensitive, networks } = this;
    return {
      ...{ eventCount, writes, refused, sensitive },
      networks: [...networks].sort(),
    };
  }
}
