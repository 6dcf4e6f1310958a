import { Database, Millis, UnbrokeredRow } from '../database/types';
import { useSignal } from './useMessages';
import { NOT_IN_LOGS, REPORTED } from './useWords';

/** Uses that are read at once. */
const BATCH = 100;

/**
 * Says of the uses that only an event reported that the logs of their time are
 * there and do not have them.
 * @param facts.since - of uses that began at or after, and before `before`
 */
export async function markUnconfirmed(
  database: Database,
  facts: { partition: string; since: Millis; before: Millis; now: Millis },
): Promise<void> {
  const { partition, since, before, now } = facts;
  let last: string | undefined;
  let rows: UnbrokeredRow[];
  do {
    rows = await database.unbrokered.list(
      { seenInLogs: false, since, before },
      { limit: BATCH, before: last },
    );
    for (const row of rows) {
      if (row.partition === partition && row.words.endsWith(REPORTED)) {
        await mark(database, row, now);
      }
    }
    last = rows.at(-1)?.id;
  } while (rows.length === BATCH);
}

async function mark(database: Database, row: UnbrokeredRow, now: Millis) {
  const words = row.words.slice(0, -REPORTED.length) + NOT_IN_LOGS;
  await database.transaction(async stores => {
    if (await stores.unbrokered.update(row.id, row.version, { words })) {
      await stores.outbox.enqueue([useSignal(row.id)], now);
    }
  });
}
