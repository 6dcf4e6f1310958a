import { GetTableMetadataCommand } from '@aws-sdk/client-athena';
import { Clock, orAborted } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { unavailableError } from '../../errors';
import { AthenaCalls } from './AthenaCalls';
import { nameOf } from './failures';
import { NEEDED_COLUMNS } from './sql/columns';
import { TableShape } from './TableShape';

/** Tables seldom change: looked at again after this, in milliseconds. */
const KEEP_MS = 10 * 60_000;

/** What the catalog says of the tables, so that no query names a column that is not there. */
export class TableShapes {
  private readonly known = new Map<
    AthenaLogConfig,
    { shape: TableShape; at: number }
  >();

  constructor(private readonly calls: AthenaCalls, readonly clock: Clock) {}

  /**
   * A table that activity can be attributed from, as it was some minutes ago.
   * @throws ServiceUnavailableError `log-source-unavailable` where it cannot be, or cannot be looked at
   */
  async usable(log: AthenaLogConfig, signal: AbortSignal): Promise<TableShape> {
    const known = this.known.get(log);
    if (known && this.clock.now() - known.at < KEEP_MS) {
      return known.shape;
    }
    const shape = await orAborted(this.now(log, signal), signal);
    const missing = missingColumns(log, shape);
    if (missing.length > 0) {
      throw unavailableError(
        'log-source-unavailable',
        `The log ${nameOf(log)} lacks the columns ${missing.join(
          ', ',
        )}. Make the table again with the DDL of docs/aws-side.md; no file is changed by that.`,
      );
    }
    this.known.set(log, { shape, at: this.clock.now() });
    return shape;
  }

  /** A table as it is now. Throws as {@link TableShapes.usable}. */
  async now(log: AthenaLogConfig, signal: AbortSignal): Promise<TableShape> {
    const { TableMetadata } = await this.calls.make(
      log,
      'athena:GetTableMetadata',
      client =>
        client.send(
          new GetTableMetadataCommand({
            CatalogName: log.catalog,
            DatabaseName: log.database,
            TableName: log.table,
          }),
          { abortSignal: signal },
        ),
      signal,
    );
    return new TableShape(TableMetadata ?? { Name: log.table });
  }
}

/** Names of the partition columns that the configuration gives. */
export function partitionNames(log: AthenaLogConfig): string[] {
  const { account, region, day } = log.partitionColumns;
  const days = 'column' in day ? [day.column] : [day.year, day.month, day.day];
  return log.layout === 'trail' ? [account, region, ...days] : days;
}

/** What nothing can be attributed without, and the table does not have. */
export function missingColumns(
  log: AthenaLogConfig,
  shape: TableShape,
): string[] {
  return [
    ...NEEDED_COLUMNS.filter(name => !shape.has(name)),
    ...partitionNames(log).filter(name => !shape.partitions.has(name)),
  ];
}
