import { setImmediate as othersTurn } from 'timers/promises';
import { BreakGlassConfig } from '../config/types';
import {
  ActivityEventRow,
  Database,
  LeaseRow,
  Millis,
} from '../database/types';
import { AttributedRecord } from './attribute';
import { text } from './cloudTrailRecord';
import { networkOf } from './network';
import { profileHintFor } from './profileHint';
import {
  LeaseContext,
  profileReach,
  RuleSet,
  SensitiveMarker,
} from './sensitive';
import { toEvent } from './toEvent';

/** Networks that a person used within this time are known. */
const REMEMBERED: Millis = 180 * 24 * 60 * 60_000;

/** Records that are taken without a break: many take seconds. */
const BATCH = 500;

/** What classifying reads beside the records. */
export interface ClassifyDependencies {
  config: Pick<BreakGlassConfig, 'roles' | 'profiles'>;
  database: Pick<Database, 'evidence'>;
  /** Where not those that come with the plugin. */
  rules?: RuleSet;
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
  const marking = {
    marker: new SensitiveMarker(deps.rules),
    context: await leaseContext(deps, lease, attributed),
  };
  const events: ActivityEventRow[] = [];
  for (const each of attributed) {
    events.push(await toEvent(lease.id, each, hint, marking));
    if (events.length % BATCH === 0) {
      await othersTurn();
    }
  }
  return events;
}

async function leaseContext(
  { database }: ClassifyDependencies,
  lease: LeaseRow,
  attributed: AttributedRecord[],
): Promise<LeaseContext> {
  const before = lease.requestedAt;
  const since = before - REMEMBERED;
  const earlier = await database.evidence.networksOf(lease.requesterKey, {
    thanLease: lease.id,
    since,
    before,
  });
  const { statements, managedPolicies } = lease.scope;
  return {
    endsAt: endOf(lease),
    inProfile:
      Object.keys(managedPolicies).length > 0
        ? undefined
        : profileReach(statements),
    knownNetworks: new Set(
      earlier.length > 0 ? earlier : firstNetwork(attributed),
    ),
  };
}

/** The end may be recorded later than it was. */
function endOf({ closedAt, expiresAt }: LeaseRow): Millis | undefined {
  const ends = [closedAt, expiresAt].filter(
    (each): each is Millis => each !== undefined,
  );
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** Who has no history is known by where the lease was first used from. */
function firstNetwork(attributed: AttributedRecord[]): string[] {
  for (const { record } of attributed) {
    const network = networkOf(text(record, 'sourceIPAddress'));
    if (network) {
      return [network];
    }
  }
  return [];
}
