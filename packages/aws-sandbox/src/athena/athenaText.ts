import {
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBType,
  DuckDBTypeId,
  DuckDBValue,
} from '@duckdb/node-api';

/** A value as Athena's results show it; undefined for NULL. */
export function athenaText(value: DuckDBValue): string | undefined {
  if (value === null) return undefined;
  const inner = (entry: DuckDBValue) => athenaText(entry) ?? 'null';
  if (value instanceof DuckDBStructValue) {
    const fields = Object.entries(value.entries);
    return `{${fields.map(([k, v]) => `${k}=${inner(v)}`).join(', ')}}`;
  }
  if (value instanceof DuckDBListValue) {
    return `[${value.items.map(inner).join(', ')}]`;
  }
  if (value instanceof DuckDBMapValue) {
    const entries = value.entries.map(e => `${inner(e.key)}=${inner(e.value)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

const NAMES: Partial<Record<DuckDBTypeId, string>> = {
  [DuckDBTypeId.BOOLEAN]: 'boolean',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.BIGINT]: 'bigint',
  [DuckDBTypeId.HUGEINT]: 'bigint',
  [DuckDBTypeId.DOUBLE]: 'double',
  [DuckDBTypeId.DECIMAL]: 'decimal',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.STRUCT]: 'row',
  [DuckDBTypeId.LIST]: 'array',
  [DuckDBTypeId.MAP]: 'map',
};

/** The name of a column's type in Athena's results. */
export function athenaType(type: DuckDBType): string {
  if (type.alias === 'JSON') return 'json';
  return NAMES[type.typeId] ?? 'varchar';
}
