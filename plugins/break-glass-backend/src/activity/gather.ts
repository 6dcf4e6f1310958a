import {
  ActivityCoverage,
  ActivityQuery,
  ActivitySource,
} from 'backstage-plugin-break-glass-node';
import { LeaseRow, SessionRow } from '../database/types';
import { attribute, Attribution, IssuedSession } from './attribute';
import { chainedQueries, notSearchedWords } from './chainedSearch';
import { LookSearch } from './LookSearch';
import { recordLimitWords } from './scanLimit';

/** Rounds of looking for roles that were assumed from the sessions. */
const ROUNDS = 2;
/** Sessions assumed from others that are looked for in one look. */
const MOST_CHAINED = 20;

/** What was covered; `unreadable` has the sentences of `notSearched` too. */
export interface GatheredCoverage extends ActivityCoverage {
  notes: string[];
  blindSpots: string[];
  /** What may hold activity of the lease and was not looked at, in sentences. */
  notSearched: string[];
}

/** What the source has for a lease. */
export interface Gathered {
  attribution: Attribution;
  coverage: GatheredCoverage;
}

/** Where there is no session to look for, nobody is asked. */
export const NOTHING_TO_GATHER: Gathered = {
  attribution: {
    events: [],
    unbrokered: [],
    disputed: 0,
    proven: new Set(),
    chained: [],
    unfollowed: [],
    withdrawn: new Set(),
  },
  coverage: {
    regions: [],
    dataEvents: 'unknown',
    trailRunningAtEnd: false,
    unreadable: [],
    notes: [],
    blindSpots: [],
    notSearched: [],
  },
};

/** The time to look at, in epoch milliseconds: from, inclusive, and to, exclusive. */
export interface SearchWindow {
  from: number;
  to: number;
}

/**
 * Asks the source for everything that may belong to the sessions of a lease, and
 * attributes it. Calls under roles that were assumed from a session carry
 * another name, and no source identity where that is switched off: they are
 * looked for by the name that the AssumeRole record gives. There are never more
 * records in memory than `maxRecords`; whether there are more is said. Another account whose
 * logs cannot be read is said to be missing, and fails nothing else.
 * @throws ServiceUnavailableError where the logs of the lease's account cannot be reached.
 */
export async function gather(
  source: ActivitySource,
  lease: Pick<LeaseRow, 'partition' | 'accountId'>,
  sessions: SessionRow[],
  window: SearchWindow,
  { signal, maxRecords }: { signal: AbortSignal; maxRecords: number },
): Promise<Gathered> {
  const issued = issuedSessions(sessions);
  const names = new Set(sessions.map(({ sessionName }) => sessionName));
  const search = new LookSearch(source, lease, signal, maxRecords);
  const notAsked = ({ chained }: Attribution) =>
    chainedQueries(lease, chained, window).filter(
      query => !search.isAsked(query),
    );

  for (const query of queriesFor(lease, sessions, window)) {
    await search.ask(query);
  }
  let attribution = attribute(search.records, issued, names);
  for (let round = 1; round <= ROUNDS; round++) {
    const further = notAsked(attribution).slice(0, MOST_CHAINED);
    if (further.length === 0) {
      break;
    }
    for (const query of further) {
      await search.askOnward(query);
    }
    attribution = attribute(search.records, issued, names);
  }
  const { unlogged, closed, coverages } = search;
  const notSearched = [
    ...(search.isCut ? [recordLimitWords(maxRecords)] : []),
    ...notSearchedWords(attribution, {
      notAsked: notAsked(attribution).length,
      unlogged,
      closed,
    }),
  ];
  return { attribution, coverage: merged(coverages, notSearched) };
}

/** Sessions that can be proven: those whose key was recorded, discarded ones included. */
function issuedSessions(sessions: SessionRow[]): IssuedSession[] {
  return sessions.flatMap(({ id, roleArn, sessionName, accessKeyId, type }) =>
    accessKeyId ? [{ id, roleArn, sessionName, accessKeyId, type }] : [],
  );
}

/** One query for each role and name; all sessions of a lease share both. */
function queriesFor(
  lease: Pick<LeaseRow, 'partition' | 'accountId'>,
  sessions: SessionRow[],
  window: SearchWindow,
): ActivityQuery[] {
  const queries = new Map<string, ActivityQuery>();
  for (const { roleArn, sessionName, accessKeyId } of sessions) {
    const key = `${roleArn} ${sessionName}`;
    const query = queries.get(key) ?? {
      partition: lease.partition,
      accountId: lease.accountId,
      roleArn,
      sessionName,
      accessKeyIds: [],
      ...window,
    };
    query.accessKeyIds.push(...(accessKeyId ? [accessKeyId] : []));
    queries.set(key, query);
  }
  return [...queries.values()];
}

function merged(
  coverages: ActivityCoverage[],
  notSearched: string[],
): GatheredCoverage {
  const all = (pick: (coverage: ActivityCoverage) => string[]) => [
    ...new Set(coverages.flatMap(pick)),
  ];
  const read = coverages.flatMap(({ filesRead }) => filesRead ?? []);
  const scanned = coverages.flatMap(({ bytesScanned }) => bytesScanned ?? []);
  return {
    regions: all(({ regions }) => regions).sort(),
    dataEvents:
      (['seen', 'not-seen'] as const).find(state =>
        coverages.some(({ dataEvents }) => dataEvents === state),
      ) ?? 'unknown',
    trailRunningAtEnd: coverages.some(each => each.trailRunningAtEnd),
    // Every query of an account reads the same files.
    filesRead: read.length ? Math.max(...read) : undefined,
    unreadable: [...all(({ unreadable }) => unreadable).sort(), ...notSearched],
    notes: all(({ notes = [] }) => notes).sort(),
    blindSpots: all(({ blindSpots = [] }) => blindSpots).sort(),
    // Every query is charged for, also where it reads what another one read.
    bytesScanned: scanned.length
      ? scanned.reduce((sum, bytes) => sum + bytes, 0)
      : undefined,
    notSearched,
  };
}
