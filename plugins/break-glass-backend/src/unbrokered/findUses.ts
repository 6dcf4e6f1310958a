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
/** Unreadable files that are named. */
const NAMED = 3;

/** The uses of one partition in a time, and what could not be read of it. */
export interface FoundUses {
  candidates: Candidate[];
  /** In a sentence; undefined where everything was read. */
  problem?: string;
  /** In a sentence: everything was read, and there was nothing to read. */
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
  let heard = false;
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
    heard ||= coverage.regions.length > 0;
  }
  const uses = mergeRecords(observed.flatMap(use => use ?? []));
  return {
    candidates: uses.flatMap(use => {
      const watched = watchList.find(use);
      return watched ? [{ use, watched }] : [];
    }),
    problem: unreadableWords(unreadable),
    silence: heard ? undefined : 'No account delivered any log in this time.',
  };
}

function unreadableWords(unreadable: string[]): string | undefined {
  const files = [...new Set(unreadable)].sort();
  if (files.length === 0) {
    return undefined;
  }
  const named = files.slice(0, NAMED).map(file => line(file, 200));
  const more = files.length - named.length;
  return `Parts of the logs could not be read, and are tried again: ${named.join(
    '; ',
  )}${more > 0 ? `; and ${more} more` : ''}.`;
}
