import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { aUniquePart } from './deliver';
import { DeliveredRecord } from './records';

/**
 * What a Firehose stream that CloudWatch Logs feeds leaves in S3, by how it is
 * configured:
 * - `lines`: decompressed and extracted; one record a line, packed as one gzip file
 * - `members`: neither; one gzip member for each envelope, without a line end between
 * - `envelopes`: decompressed only; envelopes as plain text, without a line end between
 */
export type FirehoseShape = 'lines' | 'members' | 'envelopes';

/** CloudWatch Logs checks its destination with these; they hold no record. */
const CONTROL_MESSAGE = JSON.stringify({
  messageType: 'CONTROL_MESSAGE',
  owner: 'CloudwatchLogs',
  logGroup: '',
  logStream: '',
  subscriptionFilters: [],
  logEvents: [
    {
      id: '',
      timestamp: 1700000000000,
      message: 'CWL CONTROL MESSAGE: Checking health of destination Firehose.',
    },
  ],
});

/**
 * Writes records as a Firehose stream does: below `YYYY/MM/DD/HH/`, all accounts
 * and regions together, one file for each hour.
 * @returns names of the files, relative to the directory
 */
export function deliverFirehose(
  records: DeliveredRecord[],
  directory: string,
  shape: FirehoseShape = 'lines',
): string[] {
  const batches = new Map<string, DeliveredRecord[]>();
  for (const each of records) {
    const [date, time] = new Date(each.filedAt).toISOString().split('T');
    const hour = `${date}-${time.slice(0, 2)}`;
    batches.set(hour, [...(batches.get(hour) ?? []), each]);
  }
  return [...batches].map(([hour, batch]) => {
    const suffix = shape === 'lines' ? '.gz' : '';
    const name = `${hour.replaceAll(
      '-',
      '/',
    )}/ct-stream-1-${hour}-05-00-${aUniquePart()}${suffix}`;
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), contentOf(batch, shape));
    return name;
  });
}

function contentOf(
  batch: DeliveredRecord[],
  shape: FirehoseShape,
): string | Buffer {
  if (shape === 'lines') {
    const lines = batch.map(({ record }) => `${JSON.stringify(record)}\n`);
    return gzipSync(lines.join(''));
  }
  const envelopes = [CONTROL_MESSAGE, ...envelopesOf(batch)];
  return shape === 'envelopes'
    ? envelopes.join('')
    : Buffer.concat(envelopes.map(envelope => gzipSync(envelope)));
}

/** Records of one envelope. */
const BATCH = 20;

function envelopesOf(batch: DeliveredRecord[]): string[] {
  const envelopes: string[] = [];
  for (let start = 0; start < batch.length; start += BATCH) {
    const part = batch.slice(start, start + BATCH);
    envelopes.push(
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: part[0].accountId,
        logGroup: 'aws-cloudtrail-logs',
        logStream: `${part[0].accountId}_CloudTrail_${part[0].region}`,
        subscriptionFilters: ['to-firehose'],
        logEvents: part.map(({ record, filedAt }, index) => ({
          id: String(start + index).padStart(56, '3'),
          timestamp: filedAt,
          message: JSON.stringify(record),
        })),
      }),
    );
  }
  return envelopes;
}
