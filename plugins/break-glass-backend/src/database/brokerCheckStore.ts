import {
  BrokerCheckKey,
  BrokerCheckResultRow,
  BrokerCheckRow,
  Millis,
} from './rows';

/** Whose a running check is. */
export interface BrokerCheckClaim {
  id: string;
  by: string;
  until: Millis;
}

/** Checks of the broker in all accounts. */
export interface BrokerCheckStore {
  /** @returns false where another one is running */
  start(row: BrokerCheckRow): Promise<boolean>;
  /** The newest; undefined where there was none. */
  latest(): Promise<BrokerCheckRow | undefined>;
  /** Takes a running check that is nobody's any more. @returns it, where there is one */
  claim(
    now: Millis,
    claim: Omit<BrokerCheckClaim, 'id'>,
  ): Promise<BrokerCheckRow | undefined>;
  /** Changes a running check and holds on to it. @returns false where it is somebody else's, or over */
  change(
    claim: BrokerCheckClaim,
    change: Partial<
      Pick<BrokerCheckRow, 'state' | 'total' | 'finishedAt' | 'words'>
    >,
  ): Promise<boolean>;
  /** Writes what was found in an account, once, counts it and holds on to the check. @returns false as `change` does */
  addResult(
    claim: BrokerCheckClaim,
    result: BrokerCheckResultRow,
  ): Promise<boolean>;
  /** Notes keys, before anything is done with what they belong to but reading. */
  addKeys(checkId: string, keys: BrokerCheckKey[], at: Millis): Promise<void>;
  /** Whether a check was given this key for this role. */
  hasKey(key: BrokerCheckKey): Promise<boolean>;
  /** Refs of the accounts that are done. */
  accountsDone(checkId: string): Promise<string[]>;
  /** Those with problems first, then by ref. */
  results(
    checkId: string,
    filter: { problems?: boolean },
    page: {
      limit: number;
      after?: Pick<BrokerCheckResultRow, 'problemCount' | 'accountRef'>;
    },
  ): Promise<BrokerCheckResultRow[]>;
  /** Deletes all but the newest checks, and keys that are older. */
  prune(keep: { checks: number; keysSince: Millis }): Promise<void>;
}
