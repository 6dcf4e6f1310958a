import { ActivityCoverage } from 'backstage-plugin-break-glass-node';
import type { GatheredCoverage } from './gather';
import { EvidenceRow, LeaseRow, Millis, SessionRow } from '../database/types';
import { isAnswerLost, isKeyUnknown } from '../leases/isAnswerLost';

const MINUTE = 60_000;
/** A kill that AWS took is enforced within minutes; until it was seen, this much is allowed for. */
const KILL_SPREADS = 15 * MINUTE;
/** STS gives no credentials for less: they live on, refused, after a lease that ends sooner. */
const SHORTEST_CREDENTIALS = 15 * MINUTE;

/** How long to wait and how often to look, in milliseconds. */
export interface Patience {
  settling: Millis;
  lookEvery: Millis;
  /** After settling, until what is missing counts as missing for good. */
  giveUpAfter: Millis;
}

/** Patience from the configured minutes. */
export function patienceOf(review: {
  settlingMinutes: number;
  collectEveryMinutes: number;
}): Patience {
  const settling = review.settlingMinutes * MINUTE;
  const lookEvery = review.collectEveryMinutes * MINUTE;
  return {
    settling,
    lookEvery,
    giveUpAfter: Math.max(4 * settling, 10 * lookEvery),
  };
}

/** The parts of a lease that decide how long its activity can go on. */
export type LeaseEnd = Pick<
  LeaseRow,
  'closedAt' | 'expiresAt' | 'kill' | 'killAcceptedAt' | 'killProbedAt'
>;

/** Sessions that AWS gave credentials for, or may have: one without a key says nothing. */
export function countedSessions(sessions: SessionRow[]): SessionRow[] {
  return sessions.filter(
    session => session.accessKeyId !== undefined || isKeyUnknown(session),
  );
}

/** When the lease stopped, or stops, giving out credentials; undefined where it has not yet. */
export function closedAt(lease: LeaseEnd, now: Millis): Millis | undefined {
  const expired =
    lease.expiresAt !== undefined && lease.expiresAt <= now
      ? lease.expiresAt
      : undefined;
  return lease.closedAt ?? expired;
}

/**
 * When the last credentials stopped, or will stop, working. Those of roles that
 * were assumed from the sessions live on: a kill of the first role is no end of
 * theirs.
 * @param chainedEnds - of the roles that were assumed from the sessions.
 */
export function lastEnd(
  lease: LeaseEnd,
  sessions: SessionRow[],
  chainedEnds: readonly Millis[] = [],
): Millis {
  return chainedEnds.reduce(
    (latest, end) => Math.max(latest, end),
    endOfSessions(lease, sessions),
  );
}

function endOfSessions(lease: LeaseEnd, sessions: SessionRow[]): Millis {
  const natural = Math.max(...sessions.map(session => session.expiresAt));
  if (lease.kill === 'probed' && lease.killProbedAt !== undefined) {
    return Math.min(natural, lease.killProbedAt);
  }
  if (lease.kill === 'accepted' && lease.killAcceptedAt !== undefined) {
    return Math.min(natural, lease.killAcceptedAt + KILL_SPREADS);
  }
  return natural;
}

/** The time in which calls of the sessions can lie: from, inclusive, and to, exclusive. */
export function searchWindow(
  lease: LeaseEnd,
  sessions: SessionRow[],
  patience: Patience,
  now: Millis,
): { from: Millis; to: Millis } {
  const first = Math.min(...sessions.map(session => session.requestedAt));
  const longest = Math.max(...sessions.map(session => session.expiresAt));
  const settledAt = lastEnd(lease, sessions) + patience.settling;
  return {
    // Clocks differ; attribution is exact, so that looking wide costs nothing.
    from: first - 5 * MINUTE,
    to: Math.max(settledAt, Math.min(now, longest + SHORTEST_CREDENTIALS)),
  };
}

/** All that completeness depends on. */
export interface CompletenessFacts {
  now: Millis;
  lease: LeaseEnd;
  /** All sessions of the lease. */
  sessions: SessionRow[];
  /** Ids of those whose AssumeRole record was seen. */
  proven: ReadonlySet<string>;
  /** What the source covered; undefined where it could not be read this time. */
  coverage?: Pick<ActivityCoverage, 'unreadable' | 'trailRunningAtEnd'> &
    Partial<Pick<GatheredCoverage, 'notSearched' | 'blindSpots'>>;
  /** How many records carry the lease's name and come from none of its sessions. */
  unbrokered?: number;
  /** How many calls may be the lease's or a stranger's who took its name in the same second. */
  disputed?: number;
  /** Ends of the roles that were assumed from the sessions, as far as they are known. */
  chainedEnds?: readonly Millis[];
  patience: Patience;
}

/** Where the evidence stands. */
export type CompletenessVerdict = Pick<
  EvidenceRow,
  'state' | 'words' | 'nextLookAt' | 'settledAt' | 'sessionsMissing'
>;

/**
 * Whether the evidence of a lease is all there (I7): complete only after the
 * settling time, with the AssumeRole record of every session that was issued,
 * and with every file read. What stays missing is said, never waited for
 * without an end. Pure.
 */
export function completeness(facts: CompletenessFacts): CompletenessVerdict {
  const { now, lease, patience } = facts;
  const sessions = countedSessions(facts.sessions);
  const closed = closedAt(lease, now);
  if (closed === undefined) {
    return {
      ...waiting(facts, now + patience.lookEvery),
      words:
        'The lease has not ended. Evidence can be complete some time after its last credentials stop working.',
    };
  }
  if (sessions.length === 0) {
    return {
      state: 'complete',
      words:
        'No session was issued under this lease: there is nothing to look for.',
      settledAt: closed,
      sessionsMissing: [],
    };
  }
  const last = lastEnd(lease, sessions, facts.chainedEnds);
  const settledAt = last + patience.settling;
  if (now < settledAt) {
    const onward =
      last > Math.max(now, endOfSessions(lease, sessions))
        ? ' A role that was assumed from its sessions works until then: ending the lease does not end it.'
        : '';
    return {
      ...waiting(facts, Math.min(now + patience.lookEvery, settledAt)),
      settledAt,
      words: `Logs are still arriving. Evidence can be complete ${minutes(
        settledAt - now,
      )} from now, after the last credentials stopped working and the logs have settled.${onward}`,
    };
  }
  return { ...settled(facts, settledAt), settledAt };
}

function settled(
  facts: CompletenessFacts,
  settledAt: Millis,
): CompletenessVerdict {
  const problems = problemsOf(facts);
  if (problems.length === 0) {
    return {
      state: 'complete',
      words: `${foundWords(facts)} ${laterWords(facts)}${blindWords(facts)}`,
      sessionsMissing: [],
    };
  }
  const { patience, now } = facts;
  const words = `${problems.join(' ')}${blindWords(facts)}`;
  return now < settledAt + patience.giveUpAfter
    ? { ...waiting(facts, now + patience.lookEvery), words }
    : {
        ...waiting(facts, undefined),
        state: 'logs-missing',
        words: `${words} This has not changed for ${minutes(
          patience.giveUpAfter,
        )}; it is not looked for by itself any more.`,
      };
}

function waiting(
  facts: CompletenessFacts,
  nextLookAt: Millis | undefined,
): CompletenessVerdict {
  return {
    state: 'collecting',
    words: '',
    nextLookAt,
    sessionsMissing: missing(facts),
  };
}

function problemsOf(facts: CompletenessFacts): string[] {
  const { coverage } = facts;
  if (!coverage) {
    return ['The logs could not be read.'];
  }
  const problems: string[] = [];
  const count = missing(facts).length;
  if (count > 0) {
    problems.push(
      count === 1
        ? 'The record of one session that was issued is not in the logs.'
        : `The records of ${count} sessions that were issued are not in the logs.`,
    );
  }
  const { unreadable, notSearched = [] } = coverage;
  const files = unreadable.filter(each => !notSearched.includes(each)).length;
  if (files > 0) {
    problems.push(
      files === 1
        ? 'One log file could not be read.'
        : `${files} log files could not be read.`,
    );
  }
  return [...problems, ...notSearched, ...disputedWords(facts)];
}

/** What nobody can tell whose it is may be the lease's: without it the evidence is not all there. */
function disputedWords({ disputed = 0 }: CompletenessFacts): string[] {
  if (disputed === 0) {
    return [];
  }
  return [
    disputed === 1
      ? 'One call that is not shown may be this lease’s.'
      : `${disputed} calls that are not shown may be this lease’s.`,
  ];
}

/** Only a session with a recorded key can be found. */
function missing(facts: CompletenessFacts): string[] {
  return facts.sessions
    .filter(session => session.accessKeyId && !facts.proven.has(session.id))
    .map(session => session.id)
    .sort();
}

/**
 * What was found of the sessions. One of which nobody knows the key cannot be found
 * by it: whether AWS gave out any is told by the name alone, and never for certain.
 */
function foundWords({ sessions, unbrokered = 0 }: CompletenessFacts): string {
  const counted = countedSessions(sessions);
  const unknown = counted.filter(isKeyUnknown);
  if (unknown.length === 0) {
    return 'Every session issued was found in the logs, and they have settled.';
  }
  const found =
    unknown.length === counted.length
      ? 'The logs have settled.'
      : 'Every session whose key was recorded was found in the logs, and they have settled.';
  const lost = unknown.filter(isAnswerLost).length;
  const why = [lostWords(lost), thrownAwayWords(unknown.length - lost)]
    .filter(Boolean)
    .join('; ');
  return unbrokered === 0
    ? `${found} ${why}: nothing in the logs carries the name without a recorded session.`
    : `${found} ${why}: what carries the name without a recorded session is unbrokered use.`;
}

function lostWords(count: number): string | undefined {
  if (count === 0) {
    return undefined;
  }
  return count === 1
    ? 'The answer of AWS to one request for a session was lost'
    : `The answers of AWS to ${count} requests for sessions were lost`;
}

function thrownAwayWords(count: number): string | undefined {
  if (count === 0) {
    return undefined;
  }
  return count === 1
    ? 'One answer of the credential broker had no key of its own and was thrown away'
    : `${count} answers of the credential broker had no key of their own and were thrown away`;
}

function laterWords({ coverage }: CompletenessFacts): string {
  return coverage?.trailRunningAtEnd
    ? 'The trail delivered later records of the account too.'
    : 'Nothing later of the account was delivered: a quiet account and a stopped trail look the same.';
}

/** What no look at this source would find, so that complete is not read as all there is. */
function blindWords({ coverage }: CompletenessFacts): string {
  const { blindSpots = [] } = coverage ?? {};
  return blindSpots.length
    ? ` What this source can never see: ${blindSpots.join(' ')}`
    : '';
}

function minutes(duration: Millis): string {
  const count = Math.max(1, Math.ceil(duration / MINUTE));
  return count === 1 ? 'one minute' : `${count} minutes`;
}
