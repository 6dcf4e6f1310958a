import { gzipSync } from 'node:zlib';
import { Identifiers } from '../world/Identifiers';
import { writeWhole } from './writeWhole';

/** How Firehose delivers. */
export interface StreamDelivery {
  /** The stream's folder below the log folder. */
  folder: string;
  /** The instant of arrival in milliseconds, which names the folder. */
  at: number;
  /**
   * `lines`: one record a line; `envelopes`: what CloudWatch Logs sends, a gzip member for each,
   * several records in one; default `lines`.
   */
  form?: 'lines' | 'envelopes';
  /** Whether lines are compressed; default true. Envelopes always are. */
  gzip?: boolean;
  /** Records in one envelope; default 2. */
  recordsPerEnvelope?: number;
}

/** CloudWatch Logs' envelope around records. */
function envelope(records: object[], at: number): string {
  return JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '555566667777',
    logGroup: 'break-glass-trail',
    logStream: '555566667777_CloudTrail_eu-central-1',
    subscriptionFilters: ['break-glass'],
    logEvents: records.map((record, n) => ({
      id: String(n).padStart(56, '0'),
      timestamp: at,
      message: JSON.stringify(record),
    })),
  });
}

function contentOf(records: object[], delivery: StreamDelivery): Buffer {
  const { form = 'lines', gzip = true, recordsPerEnvelope = 2, at } = delivery;
  if (form === 'lines') {
    const text = records.map(record => `${JSON.stringify(record)}\n`).join('');
    return gzip ? gzipSync(text) : Buffer.from(text);
  }
  const members: Buffer[] = [];
  for (let from = 0; from < records.length; from += recordsPerEnvelope) {
    const part = records.slice(from, from + recordsPerEnvelope);
    members.push(gzipSync(envelope(part, at)));
  }
  return Buffer.concat(members);
}

/** Writes records into one file of a stream, `<folder>/YYYY/MM/DD/HH/<name>`, as Firehose does. */
export async function deliverStream(
  root: string,
  records: object[],
  delivery: StreamDelivery,
  identifiers: Identifiers,
): Promise<void> {
  const [date, time] = new Date(delivery.at).toISOString().split('T');
  const stamp = `${date}-${time.slice(0, 8).replaceAll(':', '-')}`;
  const name = `break-glass-1-${stamp}-${identifiers.uuid()}`;
  const folder = `${delivery.folder}/${date.replaceAll('-', '/')}`;
  await writeWhole(
    root,
    // Firehose compresses without saying so in the name, unless it is told to.
    `${folder}/${time.slice(0, 2)}/${name}`,
    contentOf(records, delivery),
  );
}
