import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { DeliveredRecord } from './records';

let serial = 0;

/** A file name's unique part: 16 letters and digits, another one at each call. */
export function aUniquePart(): string {
  return (serial += 1).toString(36).padStart(16, 'x');
}

/** Year, month and day of an instant as the folders of logs write them: `2026/10/01`. */
export function dayFolderOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');
}

/**
 * Writes records as a trail does: gzip files `{"Records":[…]}` below
 * `AWSLogs/[organization/]<account>/CloudTrail/<region>/YYYY/MM/DD/`, one for each
 * account, region and day.
 * @param options.organization - id of an organization, `o-…`, for its layout
 * @returns names of the files, relative to the directory
 */
export function deliver(
  records: DeliveredRecord[],
  directory: string,
  options: { organization?: string } = {},
): string[] {
  const batches = new Map<string, DeliveredRecord[]>();
  for (const each of records) {
    const key = [each.accountId, each.region, dayFolderOf(each.filedAt)].join();
    batches.set(key, [...(batches.get(key) ?? []), each]);
  }
  return [...batches.values()].map(batch => {
    const name = trailFileName(batch[0], options.organization);
    const content = { Records: batch.map(({ record }) => record) };
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), gzipSync(JSON.stringify(content)));
    return name;
  });
}

function trailFileName(first: DeliveredRecord, organization?: string): string {
  const { accountId, region, filedAt } = first;
  const minute = new Date(filedAt)
    .toISOString()
    .slice(0, 16)
    .replace(/[-:]/g, '');
  return [
    'AWSLogs',
    ...(organization ? [organization] : []),
    accountId,
    'CloudTrail',
    region,
    dayFolderOf(filedAt),
    `${accountId}_CloudTrail_${region}_${minute}Z_${aUniquePart()}.json.gz`,
  ].join('/');
}
