import { isError } from '@backstage/errors';
import { partitionSchema } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { regionProblem } from './accountProblem';
import { EventHistory } from './EventHistory';
import { PARTITIONS } from './partitions';
import { EventHistoryOptions } from './readOptions';

/** Longest that a look takes, in milliseconds. */
const PATIENCE_MS = 10_000;
const MINUTE_MS = 60_000;

/**
 * Whether the broker of each partition can read the event history of one
 * account: what goes wrong elsewhere is said with each search.
 */
export async function probe(
  history: EventHistory,
  options: EventHistoryOptions,
  clock: Clock,
): Promise<{ ok: boolean; words: string }> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const problems: string[] = [];
  const accounts: string[] = [];
  for (const partition of partitionSchema.options) {
    const accountId = options.partitions[partition]?.probeAccountId;
    if (accountId === undefined) {
      continue;
    }
    const region = PARTITIONS[partition].globalRegion;
    const place = { partition, accountId, region };
    accounts.push(accountId);
    try {
      const from = clock.now() - MINUTE_MS;
      await history.holdsAny(place, { from }, signal);
    } catch (error) {
      problems.push(wordsOf(error, place));
    }
  }
  return problems.length > 0
    ? { ok: false, words: problems.join(' ') }
    : {
        ok: true,
        words: `Reads the event history of accounts: tried with ${accounts.join(
          ', ',
        )}.`,
      };
}

function wordsOf(
  error: unknown,
  place: Parameters<typeof regionProblem>[1],
): string {
  return isError(error) && error.name === 'ServiceUnavailableError'
    ? error.message
    : regionProblem(error, place);
}
