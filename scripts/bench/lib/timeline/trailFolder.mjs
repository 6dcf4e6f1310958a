import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** About as many as CloudTrail puts into a large file. */
const RECORDS_A_FILE = 1500;

/** All records that were delivered so far. */
export function deliveredRecords(root) {
  return readdirSync(root, { recursive: true })
    .filter(name => name.endsWith('.json.gz'))
    .flatMap(name => {
      const text = gunzipSync(readFileSync(join(root, name))).toString();
      return JSON.parse(text).Records ?? [];
    });
}

/** Delivers records as a trail does: files of an account, a region and a day. Returns how many files. */
export async function deliver(root, records) {
  const places = new Map();
  for (const record of records) {
    const place = [
      record.recipientAccountId,
      record.awsRegion,
      record.eventTime.slice(0, 10),
    ].join();
    const batch = places.get(place) ?? [];
    batch.push(record);
    places.set(place, batch);
  }
  let files = 0;
  for (const batch of places.values()) {
    for (let start = 0; start < batch.length; start += RECORDS_A_FILE) {
      await writeLogFile(
        root,
        batch.slice(start, start + RECORDS_A_FILE),
        files,
      );
      files += 1;
    }
  }
  return files;
}

async function writeLogFile(root, records, index) {
  const last = records[records.length - 1];
  const { recipientAccountId: account, awsRegion: region } = last;
  const [day, time] = last.eventTime.split('T');
  const stamp = `${day}T${time.slice(0, 5)}Z`.replace(/[-:]/g, '');
  const unique = String(index).padStart(16, 'x');
  const path = join(
    ...[root, 'AWSLogs', account, 'CloudTrail', region, ...day.split('-')],
    `${account}_CloudTrail_${region}_${stamp}_${unique}.json.gz`,
  );
  await mkdir(dirname(path), { recursive: true });
  // Beside and then renamed, so that no reader sees half of it.
  const temporary = join(root, `.${unique}.tmp`);
  await writeFile(temporary, gzipSync(JSON.stringify({ Records: records })));
  await rename(temporary, path);
}
