import { StreamFile, streamFiles } from '../trail/streamFiles';
import { trailFiles } from '../trail/trailFiles';
import { TableSeed, TrailTableSeed, StreamTableSeed } from './AthenaSeed';
import {
  HiveField,
  hiveType,
  RECORD_COLUMNS,
  withoutField,
} from './recordColumns';

/** A file and the values of the partition columns that it lies under. */
export interface PartitionedFile {
  path: string;
  /** In bytes, as stored. */
  size: number;
  partition: Record<string, string>;
}

const DEFAULT_NAMES = {
  account: 'account',
  region: 'region',
  day: 'timestamp',
};
const PARTS = ['year', 'month', 'day', 'hour'] as const;

/** What the projection of a table covers. */
export interface Coverage {
  root: string;
  /** Accounts of the world. */
  accounts: string[];
  /** Milliseconds. */
  now: number;
}

/** A table of Athena over the files in the sandbox's log folder. */
export class AthenaTable {
  readonly columns: HiveField[];
  /** Names of the partition columns. */
  readonly partitions: string[];

  constructor(readonly seed: TableSeed) {
    const absent = new Set(seed.without);
    const columns = seed.withoutSourceIdentity
      ? withoutField(RECORD_COLUMNS, 'sourceidentity')
      : [...RECORD_COLUMNS];
    this.columns = columns.filter(
      column => !absent.has(column.key.toLowerCase()),
    );
    this.partitions = partitionNames(seed).filter(name => !absent.has(name));
  }

  get name(): string {
    return this.seed.name;
  }

  /** The files that the projection covers. */
  async files(coverage: Coverage): Promise<PartitionedFile[]> {
    const last = new Date(coverage.now).toISOString().slice(0, 10);
    const days = {
      first: this.seed.firstDay ?? '2020/01/01',
      last: last.replaceAll('-', '/'),
    };
    const files =
      this.seed.layout === 'trail'
        ? await filesOfTrail(this.seed, coverage.root, days)
        : await filesOfStream(this.seed, coverage.root, days);
    return files.map(file => ({
      ...file,
      partition: Object.fromEntries(
        this.partitions.map(name => [name, file.partition[name]]),
      ),
    }));
  }

  /** The table as the catalog describes it. */
  describe({ accounts }: Pick<Coverage, 'accounts'>) {
    return {
      Name: this.name,
      TableType: 'EXTERNAL_TABLE',
      Columns: this.columns.map(({ key, type }) => ({
        Name: key.toLowerCase(),
        Type: hiveType(type),
      })),
      PartitionKeys: this.partitions.map(Name => ({ Name, Type: 'string' })),
      Parameters: {
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        ...projection(this.seed, accounts),
        'storage.location.template': locationTemplate(this.seed),
      },
    };
  }
}

function partitionNames(seed: TableSeed): string[] {
  if (seed.layout === 'trail') {
    const { account, region, day } = seed.partitionNames ?? DEFAULT_NAMES;
    return [account, region, day];
  }
  return seed.partitioning === 'day'
    ? [seed.dayName ?? 'dt']
    : seed.partitioning.split('/');
}

type Days = { first: string; last: string };

async function filesOfTrail(
  seed: TrailTableSeed,
  root: string,
  days: Days,
): Promise<PartitionedFile[]> {
  const { organizationId, accounts, regions } = seed;
  const names = seed.partitionNames ?? DEFAULT_NAMES;
  const files = await trailFiles(root, { organizationId, days });
  return files
    .filter(
      ({ accountId, region }) =>
        (accounts?.includes(accountId) ?? true) &&
        (regions?.includes(region) ?? true),
    )
    .map(({ path, size, accountId, region, day }) => ({
      path,
      size,
      partition: {
        [names.account]: accountId,
        [names.region]: region,
        [names.day]: day,
      },
    }));
}

function streamPartition(seed: StreamTableSeed, file: StreamFile) {
  const [year, month, day] = file.day.split('/');
  return seed.partitioning === 'day'
    ? { [seed.dayName ?? 'dt']: file.day }
    : { year, month, day, hour: file.hour ?? '' };
}

async function filesOfStream(
  seed: StreamTableSeed,
  root: string,
  days: Days,
): Promise<PartitionedFile[]> {
  const files = await streamFiles(root, seed.folder);
  return files
    .filter(({ day }) => day >= days.first && day <= days.last)
    .map(file => ({
      path: file.path,
      size: file.size,
      partition: streamPartition(seed, file),
    }));
}

function dayProjection(name: string, firstDay = '2020/01/01') {
  return {
    [`projection.${name}.type`]: 'date',
    [`projection.${name}.format`]: 'yyyy/MM/dd',
    [`projection.${name}.range`]: `${firstDay},NOW`,
    [`projection.${name}.interval`]: '1',
    [`projection.${name}.interval.unit`]: 'DAYS',
  };
}

function projection(
  seed: TableSeed,
  accounts: string[],
): Record<string, string> {
  const values = (name: string, listed: string[]) => ({
    [`projection.${name}.type`]: 'enum',
    [`projection.${name}.values`]: listed.join(','),
  });
  if (seed.layout === 'trail') {
    const { account, region, day } = seed.partitionNames ?? DEFAULT_NAMES;
    return {
      ...values(account, seed.accounts ?? accounts),
      ...values(region, seed.regions ?? ['eu-central-1', 'us-east-1']),
      ...dayProjection(day, seed.firstDay),
    };
  }
  if (seed.partitioning === 'day') {
    return dayProjection(seed.dayName ?? 'dt', seed.firstDay);
  }
  const ranges = {
    year: '2020,2100',
    month: '1,12',
    day: '1,31',
    hour: '0,23',
  };
  const parts = PARTS.filter(part =>
    seed.partitioning.split('/').includes(part),
  );
  return Object.fromEntries(
    parts.flatMap(part => [
      [`projection.${part}.type`, 'integer'],
      [`projection.${part}.range`, ranges[part]],
      [`projection.${part}.digits`, part === 'year' ? '4' : '2'],
    ]),
  );
}

function locationTemplate(seed: TableSeed): string {
  const place = (name: string) => `\${${name}}`;
  const names = partitionNames(seed).map(place);
  if (seed.layout === 'stream') {
    return `s3://${seed.bucket}/${seed.folder}/${names.join('/')}`;
  }
  const [account, region, day] = names;
  const base = ['AWSLogs', seed.organizationId, account].filter(Boolean);
  return `s3://${seed.bucket}/${base.join('/')}/CloudTrail/${region}/${day}`;
}
