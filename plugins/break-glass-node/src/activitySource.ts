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
  /** Files that could not be read, each with the reason in words. */
  unreadable: string[];
}

/** A CloudTrail record as it was delivered, secrets included: redact before anything else. */
export type RawCloudTrailRecord = Record<string, unknown>;

/** What a source found. */
export interface ActivityResult {
  /**
   * Candidates, a superset: every record whose `userIdentity.arn` ends in the
   * session name, whose source identity is it, or that is an AssumeRole of the
   * role with that session name or one of the access keys. Attribution is ours.
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
