import { Knex } from 'knex';
import { DatabaseRecord, toNumber } from './columns';
import { ActivityGroup } from './types';

/** By what events are told apart; everything else of an event is counted away. */
const GROUPED = [
  'service',
  'action',
  'access_level',
  'refused',
  'chained',
  'source_ip',
  'sensitive',
];

/** How AWS says that a deny, not a lacking right, refused a call; that of the session policy stands for lacking rights. */
const EXPLICIT_DENY = '%explicit deny%';
const OF_SESSION_POLICY = '%explicit deny in a session policy%';

/**
 * Counts events in SQL, by what tells them apart for people: as many groups as
 * there are different calls, networks and marks, however many events.
 * @param events - a query for the events that count.
 */
export async function activityGroups(
  knex: Knex,
  events: Knex.QueryBuilder,
): Promise<ActivityGroup[]> {
  const denied = knex.raw(
    `case when lower(coalesce(error_message, '')) like ?
      and lower(error_message) not like ? then 1 else 0 end as denied`,
    [EXPLICIT_DENY, OF_SESSION_POLICY],
  );
  const failed = knex.raw(
    'case when error_code is null then 0 else 1 end as failed',
  );
  const records: DatabaseRecord[] = await events
    .select(GROUPED)
    .select(denied, failed)
    .count({ total: '*' })
    .min({ first: 'at' })
    .max({ last: 'at' })
    .groupBy([...GROUPED, 'denied', 'failed'])
    .orderBy(['service', 'action']);
  return records.map(toGroup);
}

function toGroup(record: DatabaseRecord): ActivityGroup {
  return {
    service: String(record.service),
    action: String(record.action),
    accessLevel: String(record.access_level),
    refused: Boolean(record.refused),
    denied: toNumber(record.denied) === 1,
    failed: toNumber(record.failed) === 1,
    chained: Boolean(record.chained),
    sourceIp: (record.source_ip as string | null) ?? undefined,
    sensitive: JSON.parse(String(record.sensitive)),
    count: toNumber(record.total),
    first: toNumber(record.first),
    last: toNumber(record.last),
  };
}
