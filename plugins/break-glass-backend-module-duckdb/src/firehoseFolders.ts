import { Dirent } from 'fs';
import { Day } from './days';
import { LogListing } from './LogListing';
import { LogProblem } from './logProblems';

/** Names that Firehose gives, which mean nothing to a pattern of file names. */
const DELIVERED = /^[A-Za-z0-9][A-Za-z0-9._-]{0,250}$/;
const HOUR = /^([01][0-9]|2[0-3])$/;
/** Where Firehose puts what it could not process: `processing-failed/`, say. */
const FAILED = /^[a-z-]+-failed$/;

/** Adds the files that a Firehose stream left below `YYYY/MM/DD/HH/`, of all accounts together. */
export async function addFirehoseDays(
  listing: LogListing,
  days: Day[],
): Promise<void> {
  const failed = await listing.folders([], name => FAILED.test(name));
  for (const day of days) {
    for (const name of failed) {
      await reportFailed(listing, [name, ...day]);
    }
    const besideHours = await listing.files([...day], entry =>
      isHour(entry) ? 'skip' : problemOf(entry),
    );
    const isHourName = (name: string) => HOUR.test(name);
    const hours = await listing.folders([...day], isHourName);
    const inHours = await Promise.all(
      hours.map(hour => listing.files([...day, hour], problemOf)),
    );
    const files = [...besideHours, ...inHours.flat()];
    if (files.length > 0) {
      files.sort((a, b) => (a.name < b.name ? -1 : 1));
      listing.days.push({ layout: 'firehose', name: day.join('/'), files });
    }
  }
}

function isHour(entry: Dirent): boolean {
  return entry.isDirectory() && HOUR.test(entry.name);
}

async function reportFailed(listing: LogListing, folder: string[]) {
  if ((await listing.entries(folder)).length > 0) {
    listing.problems.push({
      name: folder.join('/'),
      kind: 'foreign',
      words: 'holds records that Firehose could not process',
    });
  }
}

function problemOf(entry: Dirent): Omit<LogProblem, 'name'> | undefined {
  if (!entry.isFile()) {
    return { kind: 'foreign', words: 'is not a file' };
  }
  return DELIVERED.test(entry.name)
    ? undefined
    : { kind: 'foreign', words: 'is not named like a file of Firehose' };
}
