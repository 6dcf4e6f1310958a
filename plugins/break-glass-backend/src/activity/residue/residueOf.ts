import { ActivityEventRow, LeaseRow, ResidueRow } from '../../database/types';

/** What names the account of a lease's own events. */
type OfLease = Pick<LeaseRow, 'id' | 'accountId'>;

/**
 * Gathers the residue of a lease (I14) from its events, given in the order of
 * time. Pure, and holds the items only: events can be streamed through it.
 */
export class Residue {
  private readonly items = new Map<string, ResidueRow>();

  constructor(private readonly lease: OfLease) {}

  /** Takes the next event. */
  add(event: ActivityEventRow): void {
    if (event.leaseId !== this.lease.id) {
      this.items.delete(event.eventId);
    }
  }

  /** Everything that was made: `open`, or `gone` where a later event removed it. */
  rows(): ResidueRow[] {
    return [...this.items.values()];
  }
}

/**
 * The residue of a lease: what its events made that can outlive it.
 * @param events - all of the lease's, in the order of time and id, as
 *   `stores.activity.all` gives them
 */
export async function residueOf(
  lease: OfLease,
  events: AsyncIterable<ActivityEventRow> | Iterable<ActivityEventRow>,
): Promise<ResidueRow[]> {
  const residue = new Residue(lease);
  for await (const event of events) {
    residue.add(event);
  }
  return residue.rows();
}
