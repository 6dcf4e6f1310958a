import { ServiceUnavailableError } from '@backstage/errors';
import { Dirent } from 'fs';
import { readdir } from 'fs/promises';
import { join } from 'path';

/** One delivered file. */
export interface LogFile {
  /** Absolute. Every segment below the root came from a directory listing and was checked. */
  path: string;
  /** For people: relative to the root. */
  name: string;
  region: string;
}

/** What lies in the folders of an account for some days. */
export interface LogListing {
  files: LogFile[];
  /** What is there but cannot be a log file or cannot be listed, with the reason. */
  unreadable: string[];
}

const DAY = 86_400_000;
/** Days that one listing covers at most. */
const MAX_DAYS = 400;
const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}$/;
const DELIVERED =
  /^([0-9]{12})_CloudTrail_([a-z0-9-]+)_([0-9]{8}T[0-9]{4}Z)_[A-Za-z0-9]{1,64}\.json\.gz$/;
/** Files that a copying tool has not finished, and what file managers leave behind. */
const UNFINISHED = /^\.|\.(tmp|part|partial)$/;

/**
 * Lists the files of one account in the layout of a trail,
 * `AWSLogs/[o-…/]<account>/CloudTrail/<region>/YYYY/MM/DD/`, for the days of a
 * query, widened by one on both sides: files can be filed under the next day.
 * Symbolic links are not followed.
 * @param root - absolute path of the folder that holds `AWSLogs/`
 * @throws ServiceUnavailableError where the root cannot be listed.
 */
export async function listLogFiles(
  root: string,
  query: { accountId: string; from: number; to: number },
): Promise<LogListing> {
  if (!/^[0-9]{12}$/.test(query.accountId)) {
    throw new Error('accountId must be 12 digits');
  }
  await assertListable(root);
  const listing: LogListing = { files: [], unreadable: [] };
  const days = daysOf(query.from, query.to);
  for (const account of await accountFolders(root, query.accountId, listing)) {
    for (const region of await folders(root, account, listing)) {
      if (!REGION.test(region)) {
        const name = [...account, region].join('/');
        listing.unreadable.push(`${printable(name)}: is not an AWS region`);
        continue;
      }
      for (const day of days) {
        const folder = [...account, region, ...day];
        await addDay(root, folder, query.accountId, region, listing);
      }
    }
  }
  listing.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return listing;
}

/** @throws ServiceUnavailableError where the folder cannot be listed, with the reason. */
export async function assertListable(root: string): Promise<void> {
  try {
    await readdir(root);
  } catch (error) {
    throw new ServiceUnavailableError(
      `The CloudTrail folder ${root} cannot be read (${codeOf(error)})`,
    );
  }
}

/** Year, month and day of each UTC day from one before `from` to one after `to`. */
export function daysOf(
  from: number,
  to: number,
): Array<[string, string, string]> {
  const days: Array<[string, string, string]> = [];
  const first = Math.floor(from / DAY) - 1;
  const last = Math.floor(Math.max(from, to - 1) / DAY) + 1;
  for (let day = first; day <= last && days.length < MAX_DAYS; day++) {
    const [date] = new Date(day * DAY).toISOString().split('T');
    const [year, month, dayOfMonth] = date.split('-');
    days.push([year, month, dayOfMonth]);
  }
  return days;
}

async function accountFolders(
  root: string,
  accountId: string,
  listing: LogListing,
): Promise<string[][]> {
  const found: string[][] = [];
  for (const name of await folders(root, ['AWSLogs'], listing)) {
    if (name === accountId) {
      found.push(['AWSLogs', name, 'CloudTrail']);
    } else if (ORGANIZATION.test(name)) {
      const members = await folders(root, ['AWSLogs', name], listing);
      if (members.includes(accountId)) {
        found.push(['AWSLogs', name, accountId, 'CloudTrail']);
      }
    }
  }
  return found;
}

async function addDay(
  root: string,
  folder: string[],
  accountId: string,
  region: string,
  listing: LogListing,
) {
  for (const entry of await entries(root, folder, listing)) {
    const name = [...folder, entry.name].join('/');
    if (!UNFINISHED.test(entry.name)) {
      const problem = problemOf(entry, accountId, region);
      if (problem) {
        listing.unreadable.push(`${printable(name)}: ${problem}`);
      } else {
        const path = join(root, ...folder, entry.name);
        listing.files.push({ path, name, region });
      }
    }
  }
}

function problemOf(
  entry: Dirent,
  accountId: string,
  region: string,
): string | undefined {
  const parts = DELIVERED.exec(entry.name);
  if (!entry.isFile()) {
    return 'is not a file';
  }
  if (!parts) {
    return 'is not named like a CloudTrail log file';
  }
  if (parts[1] !== accountId) {
    return `belongs to account ${parts[1]}`;
  }
  return parts[2] === region ? undefined : `belongs to region ${parts[2]}`;
}

async function folders(root: string, folder: string[], listing: LogListing) {
  const found = await entries(root, folder, listing);
  return found
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

/** A folder that is not there is empty: nothing was delivered. Any other trouble is reported. */
async function entries(
  root: string,
  folder: string[],
  listing: LogListing,
): Promise<Dirent[]> {
  try {
    return await readdir(join(root, ...folder), { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      listing.unreadable.push(
        `${printable(folder.join('/'))}: cannot be listed (${codeOf(error)})`,
      );
    }
    return [];
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
}

/** File names are anybody's: no control characters reach a page or a log line. */
function printable(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/g, '?');
}
