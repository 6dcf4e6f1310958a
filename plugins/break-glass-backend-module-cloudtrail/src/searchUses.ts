import { ServiceUnavailableError } from '@backstage/errors';
import { isUse, UseQuery } from 'backstage-plugin-break-glass-node';
import { EventHistory } from './EventHistory';
import { inParallel } from './inParallel';
import { AccountFindings, eachOnce, searchAccount } from './searchAccount';
import { searchRegion } from './searchRegion';
import { OtherHalf, otherHalves, useLookups } from './useLookups';

/** Accounts that are looked through at the same time. */
const ACCOUNTS_AT_ONCE = 4;

/**
 * Looks for uses in several accounts. One that cannot be read is said with the
 * fix and keeps no other from being read.
 * @throws ServiceUnavailableError where no account can be read; the signal's reason
 */
export async function searchUses(
  history: EventHistory,
  query: UseQuery,
  { regions, now }: { regions: string[]; now: number },
  signal: AbortSignal,
): Promise<AccountFindings> {
  const accountIds = [...new Set(query.accountIds)];
  const outcomes = await inParallel(accountIds, ACCOUNTS_AT_ONCE, accountId =>
    unlessClosed(signal, () =>
      searchOne(history, query, { accountId, regions, now }, signal),
    ),
  );
  const read = outcomes.flatMap(outcome =>
    'closed' in outcome ? [] : [outcome],
  );
  const closed = outcomes.flatMap(outcome =>
    'closed' in outcome ? [outcome.closed] : [],
  );
  if (read.length === 0 && closed.length > 0) {
    throw closed[0];
  }
  const found = read.flatMap(({ records }) => records);
  const others = await callersRecords(
    history,
    query,
    otherHalves(found, query, regions),
    signal,
  );
  return {
    records: eachOnce([...found, ...others.records]),
    regions: [...new Set(read.flatMap(each => each.regions))].sort(),
    // One account that fell silent is as bad as all of them.
    runningAtEnd:
      closed.length === 0 &&
      read.length > 0 &&
      read.every(({ runningAtEnd }) => runningAtEnd),
    unreadable: [
      ...new Set([
        ...read.flatMap(({ unreadable }) => unreadable),
        ...closed.map(({ message }) => message),
        ...others.unreadable,
      ]),
    ],
  };
}

/** What came of some work, or why its account cannot be read. */
async function unlessClosed<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | { closed: ServiceUnavailableError }> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ServiceUnavailableError) {
      return { closed: error };
    }
    throw error;
  }
}

function searchOne(
  history: EventHistory,
  query: UseQuery,
  where: { accountId: string; regions: string[]; now: number },
  signal: AbortSignal,
): Promise<AccountFindings> {
  const { accountId, regions, now } = where;
  return searchAccount(
    history,
    { partition: query.partition, accountId },
    regions,
    {
      attributes: useLookups(query, accountId),
      from: query.from,
      to: query.to,
      now,
      wanted: record => isUse(record, query),
    },
    signal,
  );
}

/** The second record of each cross-account AssumeRole, from the caller's account. */
async function callersRecords(
  history: EventHistory,
  query: UseQuery,
  places: OtherHalf[],
  signal: AbortSignal,
): Promise<Pick<AccountFindings, 'records' | 'unreadable'>> {
  const findings = await inParallel(
    places,
    ACCOUNTS_AT_ONCE,
    ({ accountId, region, roleArn }) =>
      unlessClosed(signal, () =>
        searchRegion(
          history,
          { partition: query.partition, accountId, region },
          {
            attributes: [{ key: 'ResourceName', value: roleArn }],
            from: query.from,
            to: query.to,
            wanted: record => isUse(record, query),
          },
          signal,
        ),
      ),
  );
  return {
    records: findings.flatMap(each => ('closed' in each ? [] : each.records)),
    unreadable: findings.flatMap(each =>
      'closed' in each ? [each.closed.message] : each.problems,
    ),
  };
}
