/** A workgroup of Athena. */
export interface WorkGroupSeed {
  name: string;
  disabled?: boolean;
  /** `s3://bucket/prefix/`; without one a caller has to bring his own. */
  outputLocation?: string;
  /** Whether the workgroup's settings win over the caller's; default true. */
  enforceConfiguration?: boolean;
  /** In bytes; a query that would scan more is cancelled. */
  bytesScannedCutoffPerQuery?: number;
}

interface TableBase {
  name: string;
  /** The bucket that the table's location names. The files themselves are read from the sandbox's log folder. */
  bucket: string;
  /** First day that the projection covers, `yyyy/MM/dd`; default `2020/01/01`. */
  firstDay?: string;
  /** The official DDL omits `useridentity.sessioncontext.sourceidentity`; so does the table, if true. */
  withoutSourceIdentity?: boolean;
  /** Columns or partition columns that the table lacks. */
  without?: string[];
}

/** Layout A: files of a trail, with partitions `account`, `region` and a day. */
export interface TrailTableSeed extends TableBase {
  layout: 'trail';
  /** The organization's id in the path, for an organization trail. */
  organizationId?: string;
  /** What the projection lists; default every account of the world and every one that has files. */
  accounts?: string[];
  /** What the projection lists; default every region that has files. */
  regions?: string[];
  /** Names of the partition columns; default `account`, `region` and `timestamp`. */
  partitionNames?: { account: string; region: string; day: string };
}

/** Layout B: CloudWatch Logs → Firehose, one record a line or envelopes, by date and hour of arrival. */
export interface StreamTableSeed extends TableBase {
  layout: 'stream';
  /** The folder below the log folder that holds `YYYY/MM/DD/[HH/]`. */
  folder: string;
  /** One column with the day as `yyyy/MM/dd`, or one for each part. */
  partitioning: 'day' | 'year/month/day' | 'year/month/day/hour';
  /** Name of the day's column; default `dt`. */
  dayName?: string;
}

/** A table over CloudTrail's records. */
export type TableSeed = TrailTableSeed | StreamTableSeed;

/** Athena in one account and region. */
export interface AthenaSeed {
  /** 12 digits. */
  accountId: string;
  region: string;
  workGroups: WorkGroupSeed[];
  /** Databases of the catalog `AwsDataCatalog`, by name. */
  databases: Record<string, TableSeed[]>;
}

/** How Athena behaves. Times are of the sandbox's clock, in milliseconds. */
export interface AthenaOptions {
  /** Default: what `demoAthena()` gives. */
  catalogs?: AthenaSeed[];
  /** How long a query waits before it runs; default 0. */
  queuedMs?: number;
  /** How long a query runs at least; default 0. */
  runningMs?: number;
  /** Calls a second that are let through, also as a burst; default 20 and 100, as in AWS. */
  quotas?: { start?: number; get?: number };
}
