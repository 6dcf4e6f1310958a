import { TableMetadata } from '@aws-sdk/client-athena';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { hiveFields } from './hiveFields';
import { RECORD_COLUMNS, RecordColumn, tableNameOf } from './sql/columns';
import { TableColumns } from './sql/statements';

/** A table as its catalog describes it. */
export class TableShape implements TableColumns {
  readonly columns: readonly RecordColumn[];
  /** Types of the partition columns by name, in lower case. */
  readonly partitions: ReadonlyMap<string, string>;
  private readonly names: ReadonlySet<string>;
  private readonly properties: Readonly<Record<string, string>>;

  constructor({ Columns, PartitionKeys, Parameters }: TableMetadata) {
    this.names = new Set(
      (Columns ?? []).flatMap(({ Name = '', Type = '' }) => {
        const name = Name.toLowerCase();
        return [name, ...hiveFields(Type).map(field => `${name}.${field}`)];
      }),
    );
    this.partitions = new Map(
      (PartitionKeys ?? []).map(({ Name = '', Type = '' }) => [
        Name.toLowerCase(),
        Type.toLowerCase(),
      ]),
    );
    this.columns = RECORD_COLUMNS.filter(column =>
      this.has(tableNameOf(column)),
    );
    this.properties = Parameters ?? {};
  }

  /** Whether there is a column, or a field in one, such as `useridentity.arn`. */
  has(name: string): boolean {
    return this.names.has(name);
  }

  /** A property of the table, such as `projection.enabled`. */
  property(name: string): string | undefined {
    return this.properties[name];
  }

  /** The values that a projection lists for a partition column; undefined where it lists none. */
  listed(column: string): string[] | undefined {
    return this.property(`projection.${column}.type`)?.toLowerCase() === 'enum'
      ? this.property(`projection.${column}.values`)
          ?.split(',')
          .map(value => value.trim())
      : undefined;
  }

  /** Those of the accounts that the projection leaves out: their records would silently not be found. */
  leftOut(log: AthenaLogConfig, accountIds: readonly string[]): string[] {
    const listed =
      log.layout === 'trail'
        ? this.listed(log.partitionColumns.account)
        : undefined;
    return listed ? accountIds.filter(id => !listed.includes(id)) : [];
  }
}
