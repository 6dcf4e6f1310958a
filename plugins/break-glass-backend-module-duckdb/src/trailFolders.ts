import { Dirent } from 'fs';
import { Day } from './days';
import { LogFile, LogListing } from './LogListing';
import { LogProblem } from './logProblems';

const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}$/;
const DELIVERED =
  /^([0-9]{12})_CloudTrail_([a-z0-9-]+)_([0-9]{8}T[0-9]{4}Z)_[A-Za-z0-9]{1,64}\.json\.gz$/;
const DIGEST = /_CloudTrail-(Digest|Insight)_/;

/**
 * Adds the files of some accounts in the layout of a trail,
 * `AWSLogs/[o-…/]<account>/CloudTrail/<region>/YYYY/MM/DD/`.
 * @param accountIds - 12 digits each
 */
export async function addTrailDays(
  listing: LogListing,
  accountIds: string[],
  days: Day[],
): Promise<void> {
  for (const { folder, accountId } of await accountFolders(
    listing,
    accountIds,
  )) {
    await noteOtherFolders(listing, folder);
    const trail = [...folder, 'CloudTrail'];
    const regions = await regionFolders(listing, trail);
    for (const day of days) {
      const found = await Promise.all(
        regions.map(region =>
          listing.files(
            [...trail, region, ...day],
            entry => problemOf(entry, accountId, region),
            region,
          ),
        ),
      );
      const files = found.flat();
      if (files.length > 0) {
        const name = [...trail, ...day].join('/');
        listing.days.push({
          layout: 'trail',
          accountId,
          name,
          files: byTime(files),
        });
      }
    }
  }
}

async function accountFolders(
  listing: LogListing,
  accountIds: string[],
): Promise<Array<{ folder: string[]; accountId: string }>> {
  const found: Array<{ folder: string[]; accountId: string }> = [];
  const isAccount = (name: string) => accountIds.includes(name);
  const isWanted = (name: string) => isAccount(name) || ORGANIZATION.test(name);
  for (const name of await listing.folders(['AWSLogs'], isWanted)) {
    if (isAccount(name)) {
      found.push({ folder: ['AWSLogs', name], accountId: name });
    } else {
      const members = await listing.folders(['AWSLogs', name], isAccount);
      members.forEach(accountId =>
        found.push({ folder: ['AWSLogs', name, accountId], accountId }),
      );
    }
  }
  return found;
}

/** Digests and insights lie beside the events of an account. */
async function noteOtherFolders(listing: LogListing, folder: string[]) {
  const isOther = (name: string) =>
    name === 'CloudTrail-Digest' || name === 'CloudTrail-Insight';
  for (const name of await listing.folders(folder, isOther)) {
    const what = name.endsWith('Digest') ? 'digests' : 'insights';
    listing.problems.push({
      name: [...folder, name].join('/'),
      kind: 'digest',
      words: `holds ${what}, no events, and is not read`,
    });
  }
}

async function regionFolders(
  listing: LogListing,
  trail: string[],
): Promise<string[]> {
  const regions: string[] = [];
  for (const name of await listing.folders(trail, () => true)) {
    if (REGION.test(name)) {
      regions.push(name);
    } else {
      listing.problems.push({
        name: [...trail, name].join('/'),
        kind: 'foreign',
        words: 'is not an AWS region',
      });
    }
  }
  return regions;
}

function problemOf(
  entry: Dirent,
  accountId: string,
  region: string,
): Omit<LogProblem, 'name'> | undefined {
  if (!entry.isFile()) {
    return { kind: 'foreign', words: 'is not a file' };
  }
  if (DIGEST.test(entry.name)) {
    return { kind: 'digest', words: 'is a digest or insight, and is not read' };
  }
  const parts = DELIVERED.exec(entry.name);
  if (!parts) {
    const words = 'is not named like a CloudTrail log file';
    return { kind: 'foreign', words };
  }
  if (parts[1] !== accountId) {
    return { kind: 'foreign', words: `belongs to account ${parts[1]}` };
  }
  return parts[2] === region
    ? undefined
    : { kind: 'foreign', words: `belongs to region ${parts[2]}` };
}

/** In the order of delivery, whatever the region: what is kept together is then close in time. */
function byTime(files: LogFile[]): LogFile[] {
  const keyed = files.map(file => {
    // The name's fourth part; folders have no underscore.
    return { file, key: `${file.name.split('_')[3]}/${file.name}` };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ file }) => file);
}
