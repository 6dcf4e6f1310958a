import { BreakGlassConfig } from '../config/types';
import { ActivityEventRow, Database, LeaseRow } from '../database/types';
import { AttributedRecord } from './attribute';
import { profileHintFor } from './profileHint';
import { toEvent } from './toEvent';

/** What classifying reads beside the records. */
export interface ClassifyDependencies {
  config: Pick<BreakGlassConfig, 'roles' | 'profiles'>;
  database: Pick<Database, 'evidence'>;
}

/**
 * The records of a lease as they are stored: in words, with access levels,
 * marks and hints.
 * @param attributed - all that is known to belong to the lease, in order: some
 *   marks count over all of them
 */
export async function classify(
  deps: ClassifyDependencies,
  lease: LeaseRow,
  attributed: AttributedRecord[],
): Promise<ActivityEventRow[]> {
  const hint = profileHintFor(deps.config, lease);
  const events: ActivityEventRow[] = [];
  for (const each of attributed) {
    events.push(await toEvent(lease.id, each, hint));
  }
  return events;
}
