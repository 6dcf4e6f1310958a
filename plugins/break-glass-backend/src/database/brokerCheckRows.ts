import type { BrokerProblem } from 'backstage-plugin-break-glass-common';
import type { Millis } from './leaseRows';

/** One row of `broker_checks`. At most one is running. */
export interface BrokerCheckRow {
  id: string;
  state: 'running' | 'finished' | 'failed';
  startedBy: string;
  startedAt: Millis;
  /** Which run of which process goes on with it, and until when that is theirs alone. */
  claimedBy: string;
  claimedUntil: Millis;
  /** Accounts to check; absent until they are counted. */
  total?: number;
  done: number;
  /** Accounts with a problem, among those that are done. */
  problems: number;
  finishedAt?: Millis;
  /** Why it failed. */
  words?: string;
}

/** One row of `broker_check_results`. */
export interface BrokerCheckResultRow {
  checkId: string;
  accountRef: string;
  accountTitle: string;
  accountId: string;
  partition: string;
  /** Roles that were checked. */
  roles: number;
  problemCount: number;
  problems: BrokerProblem[];
  checkedAt: Millis;
}

/** A key that AWS gave to a check: what it was given for. */
export interface BrokerCheckKey {
  accessKeyId: string;
  roleArn: string;
}
