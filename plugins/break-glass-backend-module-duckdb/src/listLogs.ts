import { InputError } from '@backstage/errors';
import { Day, daysOf } from './days';
import { addFirehoseDays } from './firehoseFolders';
import { assertListable, LogListing } from './LogListing';
import { LogRoot } from './readOptions';
import { addTrailDays } from './trailFolders';

const YEAR = /^[0-9]{4}$/;
/** What a root lacks. */
const LAYOUTS = {
  trail: 'no AWSLogs/',
  firehose: 'no YYYY/MM/DD/HH/',
  auto: 'neither AWSLogs/ nor YYYY/MM/DD/HH/',
};

/**
 * Lists the files that may hold records of some accounts in a time, root by root.
 * @throws ServiceUnavailableError where a root cannot be listed.
 * @throws InputError where an account id is not 12 digits: it becomes part of a path.
 */
export async function listLogs(
  roots: LogRoot[],
  accountIds: string[],
  time: { from: number; to: number },
): Promise<LogListing[]> {
  if (!accountIds.every(accountId => /^[0-9]{12}$/.test(accountId))) {
    throw new InputError('An account id must be 12 digits');
  }
  const days = daysOf(time.from, time.to);
  const listings: LogListing[] = [];
  for (const root of roots) {
    listings.push(await listRoot(root, accountIds, days));
  }
  return listings;
}

async function listRoot(
  { path, layout }: LogRoot,
  accountIds: string[],
  days: Day[],
): Promise<LogListing> {
  const names = await assertListable(path);
  const listing = new LogListing(path);
  const trail = names.includes('AWSLogs');
  const firehose = names.some(name => YEAR.test(name));
  if (layout === 'trail' || (layout === 'auto' && trail)) {
    await addTrailDays(listing, accountIds, days);
  }
  if (layout === 'firehose' || (layout === 'auto' && firehose)) {
    await addFirehoseDays(listing, days);
  }
  const wanted =
    (layout !== 'firehose' && trail) || (layout !== 'trail' && firehose);
  if (!wanted && names.some(name => !name.startsWith('.'))) {
    // Something lies there, and none of it can be read: not the same as nothing.
    listing.problems.push({
      name: path,
      kind: 'foreign',
      words: `holds ${LAYOUTS[layout]}: its files are not read`,
    });
  }
  return listing;
}
