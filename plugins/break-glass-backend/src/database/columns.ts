/** How a property is kept in its column. */
export type ColumnKind = 'text' | 'integer' | 'boolean' | 'json';

/** The kind of every property of a row; the column's name is the property's in snake_case. */
export type Columns<Row> = { [Property in keyof Required<Row>]: ColumnKind };

/** What the database hands out or takes, by column name. */
export type DatabaseRecord = Record<string, unknown>;

/** Maps rows of one table to objects and back. */
export interface Mapping<Row> {
  /** Names of its columns. */
  columns: string[];
  /** Reads a record; columns that are NULL become properties that are left out. */
  toRow(record: DatabaseRecord): Row;
  /** Writes the properties that are there; `undefined` becomes NULL. */
  toRecord(row: Partial<Row>): DatabaseRecord;
}

/** Column name of a property: `accountRef` → `account_ref`. */
export function columnName(property: string): string {
  return property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/**
 * Text as both databases keep it unchanged: PostgreSQL takes no NUL, and
 * neither takes half of a surrogate pair.
 */
export function storableText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replace(/\0/g, '\ufffd');
}

/** Number of a BIGINT, which PostgreSQL hands out as text. */
export function toNumber(value: unknown): number {
  return Number(value ?? 0);
}

/** Makes the mapping of one table. */
export function mapping<Row extends object>(
  columns: Columns<Row>,
): Mapping<Row> {
  const fields = (Object.keys(columns) as Array<keyof Row & string>).map(
    property => ({
      property,
      column: columnName(property),
      kind: columns[property],
    }),
  );
  return {
    columns: fields.map(({ column }) => column),
    toRow(record) {
      const row: Record<string, unknown> = {};
      for (const { property, column, kind } of fields) {
        const value = record[column];
        if (value !== null && value !== undefined) {
          row[property] = decode(kind, value);
        }
      }
      return row as Row;
    },
    toRecord(row) {
      const record: DatabaseRecord = {};
      for (const { property, column, kind } of fields) {
        if (property in row) {
          record[column] = encode(kind, row[property], property);
        }
      }
      return record;
    },
  };
}

function decode(kind: ColumnKind, value: unknown): unknown {
  switch (kind) {
    case 'integer':
      return Number(value);
    case 'boolean':
      return Boolean(value);
    case 'json':
      return JSON.parse(String(value));
    default:
      return value;
  }
}

function encode(kind: ColumnKind, value: unknown, property: string): unknown {
  if (value === undefined || value === null) {
    return null;
  }
  switch (kind) {
    case 'integer':
      if (!Number.isSafeInteger(value)) {
        throw new TypeError(`${property} must be a whole number, got ${value}`);
      }
      return value;
    case 'json':
      return JSON.stringify(value);
    case 'text':
      return storableText(String(value));
    default:
      return value;
  }
}
