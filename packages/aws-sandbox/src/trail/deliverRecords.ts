import { gzipSync } from 'node:zlib';
import { Identifiers } from '../world/Identifiers';
import { logFileName } from './logFileName';
import { writeWhole } from './writeWhole';

/** A CloudTrail record that a test or the demo brings: whatever its shape, it says where it belongs. */
export interface DeliveredRecord {
  /** Account whose trail holds it, 12 digits. */
  recipientAccountId: string;
  awsRegion: string;
  /** ISO 8601, UTC. */
  eventTime: string;
  [field: string]: unknown;
}

/** The place of a record in a trail: account, region and UTC day. */
function placeOf(record: DeliveredRecord): string {
  const { recipientAccountId, awsRegion, eventTime } = record;
  if (
    !/^\d{12}$/.test(recipientAccountId) ||
    !/^[a-z0-9-]{1,32}$/.test(awsRegion) ||
    Number.isNaN(Date.parse(eventTime))
  ) {
    throw new Error(
      'a delivered record needs recipientAccountId, awsRegion and eventTime',
    );
  }
  return `${recipientAccountId} ${awsRegion} ${eventTime.slice(0, 10)}`;
}

/**
 * Writes records into files of the trail's layout, one per account, region and day of the events.
 * @throws Error for a record that does not say where it belongs
 */
export async function deliverRecords(
  root: string,
  records: DeliveredRecord[],
  identifiers: Identifiers,
): Promise<void> {
  const batches = new Map<string, DeliveredRecord[]>();
  for (const record of records) {
    const place = placeOf(record);
    batches.set(place, [...(batches.get(place) ?? []), record]);
  }
  for (const batch of batches.values()) {
    const { recipientAccountId, awsRegion } = batch[0];
    const times = batch.map(record => Date.parse(record.eventTime));
    const name = logFileName(
      recipientAccountId,
      awsRegion,
      times.reduce((a, b) => Math.max(a, b)),
      identifiers.unique('', 16),
    );
    await writeWhole(root, name, gzipSync(JSON.stringify({ Records: batch })));
  }
}
