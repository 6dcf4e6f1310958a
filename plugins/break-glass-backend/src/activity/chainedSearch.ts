import { ActivityQuery } from 'backstage-plugin-break-glass-node';
import { LeaseRow } from '../database/types';
import { Attribution, ChainedSession } from './attribute';
import { sessionNameOf } from './cloudTrailRecord';

/** Clocks differ, and the last call may be written a little after the end. */
const AFTER_THE_END = 15 * 60_000;

/**
 * One query for each role and name that was assumed from the sessions. A role
 * in another account is looked for there, and each as long as its own
 * credentials live: they may outlive the sessions.
 */
export function chainedQueries(
  lease: Pick<LeaseRow, 'partition'>,
  chained: ChainedSession[],
  window: { from: number; to: number },
): ActivityQuery[] {
  const queries = new Map<string, ActivityQuery>();
  for (const session of chained.filter(isSearchable)) {
    const { roleArn, arn, accessKeyId } = session;
    const sessionName = sessionNameOf(arn)!;
    const key = `${roleArn} ${sessionName}`;
    const query = queries.get(key) ?? {
      partition: lease.partition,
      accountId: accountOf(session),
      roleArn: roleArn!,
      sessionName,
      accessKeyIds: [],
      ...window,
    };
    query.accessKeyIds.push(accessKeyId);
    query.to = Math.max(query.to, session.endsAt + AFTER_THE_END);
    queries.set(key, query);
  }
  return [...queries.values()];
}

/**
 * What may hold activity of the lease and was not looked at, in sentences: where
 * there is any, the evidence is not complete (I7, pitfall 20).
 * @param search - queries that were left over by the limits, accounts without a
 *   log, and accounts whose logs cannot be read now.
 */
export function notSearchedWords(
  { chained, unfollowed }: Pick<Attribution, 'chained' | 'unfollowed'>,
  search: {
    notAsked: number;
    unlogged: ReadonlySet<string>;
    closed: ReadonlySet<string>;
  },
): string[] {
  const unsearchable = chained.filter(each => !isSearchable(each)).length;
  const accounts = [...new Set(chained.map(accountOf))].sort();
  return [
    ...sentence(search.notAsked, 'more than are looked for at once'),
    ...sentence(unsearchable, 'their records do not say enough to find them'),
    ...sentence(
      unfollowed.length,
      'too far from the session, or of a kind that cannot be followed',
    ),
    ...accounts.flatMap(account => accountWords(account, search)),
  ];
}

function accountWords(
  account: string,
  { unlogged, closed }: Record<'unlogged' | 'closed', ReadonlySet<string>>,
): string[] {
  const assumed = `A role in account ${account} was assumed from a session of this lease, and`;
  if (closed.has(account)) {
    return [
      `${assumed} the logs of that account cannot be read now. If looking again does not help, have it checked that the log source may read them.`,
    ];
  }
  return unlogged.has(account)
    ? [`${assumed} there is no log of that account to look in.`]
    : [];
}

function sentence(count: number, reason: string): string[] {
  return count === 0
    ? []
    : [
        `What was done through ${count} further assumed ${
          count === 1 ? 'role' : 'roles'
        } was not looked for: ${reason}.`,
      ];
}

function isSearchable(session: ChainedSession): boolean {
  return (
    !!session.roleArn &&
    !!sessionNameOf(session.arn) &&
    /^[0-9]{12}$/.test(accountOf(session))
  );
}

function accountOf({ arn }: ChainedSession): string {
  return arn.split(':')[4] ?? '';
}
