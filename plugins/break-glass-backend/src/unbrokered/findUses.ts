import { Partition } from 'backstage-plugin-break-glass-common';
import { ActivitySource } from 'backstage-plugin-break-glass-node';
import { redact } from '../activity/redact';
import { line } from '../activity/line';
import { Millis } from '../database/types';
import { Candidate } from './judgeUses';
import { mergeRecords } from './mergeRecords';
import { observe } from './observe';
import { WatchList } from './WatchList';

/** Accounts that one query may name. */
const ACCOUNTS_AT_ONCE = 50;
/** Unreadable files, and silent accounts, that are named. */
const NAMED = 3;

/** The uses of one partition in a time, and what could not be read of it. */
export interface FoundUses {
  candidates: Candidate[];
  /** In a sentence; undefined where everything was read. */
  problem?: string;
  /** Whether any account delivered any log. */
  heard: boolean;
  /** In a sentence: of which accounts there was nothing to read. */
  silence?: string;
}

/**
 * Asks the source for every use of what is watched in a partition.
 * @throws ServiceUnavailableError where the logs cannot be reached.
 */
export async function findUses(
  source: ActivitySource,
  watchList: WatchList,
  partition: Partition,
  window: { from: Millis; to: Millis },
  signal: AbortSignal,
): Promise<FoundUses> {
  const accountIds = watchList.accountIds(partition);
  const observed = [];
  const unreadable: string[] = [];
  const silent: string[][] = [];
  for (let start = 0; start < accountIds.length; start += ACCOUNTS_AT_ONCE) {
    const some = accountIds.slice(start, start + ACCOUNTS_AT_ONCE);
    const { records, coverage } = await source.searchUses(
      {
        partition,
        accountIds: some,
        roleArns: watchList.roleArnsOf(partition, some),
        userArns: watchList.userArnsOf(partition, some),
        ...window,
      },
      { signal },
    );
    observed.push(...records.map(each => observe(redact(each))));
    unreadable.push(...coverage.unreadable);
    if (coverage.regions.length === 0) {
      silent.push(some);
    }
  }
  const uses = mergeRecords(observed.flatMap(use => use ?? []));
  return {
    candidates: uses.flatMap(use => {
      const watched = watchList.find(use);
      return watched ? [{ use, watched }] : [];
    }),
    problem: unreadableWords(unreadable),
    heard: silent.flat().length < accountIds.length,
    silence: silenceWords(silent.flat(), accountIds.length),
  };
}

/** Sources tell of all accounts of a query at once: silence is known of those together. */
function silenceWords(silent: string[], all: number): string | undefined {
  if (silent.length === all) {
    return 'No account delivered any log in this time; it is looked through again.';
  }
  return silent.length === 0
    ? undefined
    : `${
        silent.length
      } of ${all} accounts delivered no log in this time: ${named(
        silent,
        ', ',
      )}.`;
}

/** The first few, and how many more there are. */
function named(all: string[], between: string): string {
  const some = all.slice(0, NAMED).join(between);
  const more = all.length - NAMED;
  return more > 0 ? `${some}${between}and ${more} more` : some;
}

function unreadableWords(unreadable: string[]): string | undefined {
  const files = [...new Set(unreadable)].sort();
  if (files.length === 0) {
    return undefined;
  }
  return `Parts of the logs could not be read, and are tried again: ${named(
    files.map(file => line(file, 200)),
    '; ',
  )}.`;
}
