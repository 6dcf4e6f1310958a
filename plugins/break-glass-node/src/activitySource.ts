import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Partition } from 'backstage-plugin-break-glass-common';

/** What to look for: everything that may belong to the sessions of one lease. */
export interface ActivityQuery {
  partition: Partition;
  /** 12 digits. */
  accountId: string;
  /** Full ARN of the role, with its path. */
  roleArn: string;
  /** Exact role session name; also the source identity, where that is used. */
  sessionName: string;
  /** Access key ids that AWS returned to our broker for these sessions. */
  accessKeyIds: string[];
  /** Epoch milliseconds, inclusive. Sources widen file dates by a day on both sides themselves. */
  from: number;
  /** Epoch milliseconds, exclusive. */
  to: number;
  /** At most so many candidates are wanted: memory is finite. Absent: as many as there are. */
  maxRecords?: number;
}

/** How a source looked, so that a reviewer knows what is covered. */
export interface ActivityCoverage {
  /** Regions that delivered anything for the account in the days of the query. */
  regions: string[];
  /** Whether object-level (data) events of the account were seen in these days. */
  dataEvents: 'seen' | 'not-seen' | 'unknown';
  /** Whether the trail delivered anything for the account at or after the end of the query. */
  trailRunningAtEnd: boolean;
  /** Absent where the source does not read files. */
  filesRead?: number;
  /** Files that could not be read, each with the reason in words. They make evidence incomplete. */
  unreadable: string[];
  /** Files without events by their nature, such as digests, each with the reason. They take nothing from the evidence. */
  notes?: string[];
  /** What this source can never see, in sentences: data events, say, or days that are gone. */
  blindSpots?: string[];
  /** Bytes that the search read, where they are counted or charged for. */
  bytesScanned?: number;
  /** Whether there are more candidates than `maxRecords`, or may be. Which of them are given is up to the source. */
  truncated?: boolean;
}

/** A CloudTrail record as it was delivered, secrets included: redact before anything else. */
export type RawCloudTrailRecord = Record<string, unknown>;

/** What a source found. */
export interface ActivityResult {
  /**
   * Candidates, a superset: every record whose `userIdentity.arn` ends in the
   * session name, whose source identity is it, or that is an AssumeRole,
   * AssumeRoleWithSAML or AssumeRoleWithWebIdentity of the role with that session
   * name, or with one of the access keys. Attribution is ours. The array is handed
   * over: it is emptied while it is read.
   */
  records: RawCloudTrailRecord[];
  coverage: ActivityCoverage;
}

/**
 * Which uses of roles and users to look for, whoever made them. Callers name at
 * most 50 accounts at once.
 */
export interface UseQuery {
  partition: Partition;
  /** 12 digits each; the accounts whose logs are looked through. */
  accountIds: string[];
  /** Full ARNs of roles, with their paths. */
  roleArns: string[];
  /** ARNs of IAM users, or of an account's root: `arn:aws:iam::111122223333:user/break-glass-1`. */
  userArns: string[];
  /** Epoch milliseconds, inclusive. Sources widen file dates by a day on both sides themselves. */
  from: number;
  /** Epoch milliseconds, exclusive. */
  to: number;
}

/** What a source found of uses. */
export interface UseResult {
  /**
   * Every AssumeRole, AssumeRoleWithSAML and AssumeRoleWithWebIdentity of one of
   * the roles; every AssumeRole, GetSessionToken and GetFederationToken by one of
   * the users; every ConsoleLogin and SwitchRole by one of the users or into one of
   * the roles. Which of them a session of ours explains is for the caller.
   */
  records: RawCloudTrailRecord[];
  coverage: ActivityCoverage;
}

/** Where CloudTrail records are read from. */
export interface ActivitySource {
  /** Stable id, e.g. `duckdb`. */
  readonly id: string;
  /** For pages, e.g. `CloudTrail files on disk`. */
  readonly title: string;
  /**
   * Finds candidates.
   * @throws ServiceUnavailableError where the logs cannot be reached.
   */
  search(
    query: ActivityQuery,
    options: { signal: AbortSignal },
  ): Promise<ActivityResult>;
  /**
   * Finds uses of roles and users.
   * @throws ServiceUnavailableError where the logs cannot be reached.
   */
  searchUses(
    query: UseQuery,
    options: { signal: AbortSignal },
  ): Promise<UseResult>;

  /** One line on whether the source can be read now, for the health route. */
  probe(): Promise<{ ok: boolean; words: string }>;
}

/** Lets a module provide the {@link ActivitySource}. */
export interface BreakGlassActivityExtensionPoint {
  /** @throws Error where a source was set before. */
  setActivitySource(source: ActivitySource): void;
}

/** Extension point for the activity source. */
export const breakGlassActivityExtensionPoint =
  createExtensionPoint<BreakGlassActivityExtensionPoint>({
    id: 'break-glass.activity',
  });
