import { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of a trail on disk. */
export interface TrailFile {
  /** Absolute. */
  path: string;
  accountId: string;
  region: string;
  /** The day it is filed under, `YYYY/MM/DD`. */
  day: string;
  /** In bytes, compressed. */
  size: number;
}

/** Which files are wanted; what is left out does not limit. */
export interface TrailFileFilter {
  /** The organization's id in the path (`o-…`); without one, files of single accounts. */
  organizationId?: string;
  accountId?: string;
  region?: string;
  /** First and last day, `YYYY/MM/DD`. */
  days?: { first: string; last: string };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // Where nothing was delivered there is no folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function foldersIn(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await entriesOf(folder);
  return entries
    .filter(entry => entry.isDirectory() && pattern.test(entry.name))
    .map(entry => entry.name)
    .sort();
}

async function daysIn(folder: string): Promise<string[]> {
  const days: string[] = [];
  for (const year of await foldersIn(folder, /^\d{4}$/)) {
    for (const month of await foldersIn(join(folder, year), /^\d{2}$/)) {
      const inMonth = await foldersIn(join(folder, year, month), /^\d{2}$/);
      days.push(...inMonth.map(day => `${year}/${month}/${day}`));
    }
  }
  return days;
}

async function filesOfDay(
  folder: string,
  place: Pick<TrailFile, 'accountId' | 'region' | 'day'>,
): Promise<TrailFile[]> {
  const files: TrailFile[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.isFile() && !entry.name.startsWith('.')) {
      const path = join(folder, entry.name);
      files.push({ ...place, path, size: (await stat(path)).size });
    }
  }
  return files;
}

/**
 * Lists the files of a trail, `AWSLogs/[o-…/]<account>/CloudTrail/<region>/YYYY/MM/DD/`.
 *
 * @param root - the folder that holds `AWSLogs`
 */
export async function trailFiles(
  root: string,
  filter: TrailFileFilter = {},
): Promise<TrailFile[]> {
  const { organizationId, accountId, region, days } = filter;
  const base = join(root, 'AWSLogs', organizationId ?? '');
  const files: TrailFile[] = [];
  for (const account of await foldersIn(base, /^\d{12}$/)) {
    if (account === (accountId ?? account)) {
      const trail = join(base, account, 'CloudTrail');
      for (const place of await foldersIn(trail, /^[a-z0-9-]+$/)) {
        if (place === (region ?? place)) {
          for (const day of await daysIn(join(trail, place))) {
            if (!days || (day >= days.first && day <= days.last)) {
              const where = { accountId: account, region: place, day };
              files.push(...(await filesOfDay(join(trail, place, day), where)));
            }
          }
        }
      }
    }
  }
  return files;
}
