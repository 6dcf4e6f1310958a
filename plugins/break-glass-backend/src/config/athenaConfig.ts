import { Partition } from 'backstage-plugin-break-glass-common';
import type { Section } from './schema/sectionSchema';

/** Columns that hold the day that a file is filed under. */
export type DayColumns =
  | {
      /** One column, such as `timestamp`. */
      column: string;
      format: 'yyyy/MM/dd' | 'yyyy-MM-dd';
    }
  | {
      /** One column for each part; months and days have two digits. */
      year: string;
      month: string;
      day: string;
    };

/** A table of Athena that holds CloudTrail records. Names are in lower case, and safe in SQL. */
export interface AthenaLogConfig {
  partition: Partition;
  /** Account of the table, whose credentials (by `DefaultAwsCredentialsManager`) query it. */
  accountId: string;
  /** Region of the table. */
  region: string;
  /** Other address than the regional endpoint. */
  endpoint?: string;
  workgroup: string;
  catalog: string;
  database: string;
  table: string;
  /** `trail`: the files of a trail. `firehose`: records that CloudWatch Logs handed to a Firehose stream. */
  layout: 'trail' | 'firehose';
  /** Accounts whose records are in it; absent: all of the partition. */
  accounts?: string[];
  /** Regions to read; absent: all that the table's projection has. Layout `trail` only. */
  regions?: string[];
  partitionColumns: {
    /** Layout `trail` only. */
    account: string;
    /** Layout `trail` only. */
    region: string;
    day: DayColumns;
  };
  /** A query that scans more is given up. */
  maxBytesPerQuery: number;
  /** A query that takes longer is given up; milliseconds. */
  timeoutMs: number;
}

const DEFAULT_DAY = { trail: 'timestamp', firehose: 'dt' };

/** The tables that activity is read from; none where another source is. */
export function toAthena(section: Section): AthenaLogConfig[] | undefined {
  return section.activity?.athena?.map(
    ({ dayFormat: format, timeout, partitionColumns, ...log }) => {
      const { account, region, day } = partitionColumns;
      const dayColumns: DayColumns =
        typeof day === 'object'
          ? day
          : { column: day ?? DEFAULT_DAY[log.layout], format };
      return {
        ...log,
        partitionColumns: { account, region, day: dayColumns },
        timeoutMs: timeout,
      };
    },
  );
}
