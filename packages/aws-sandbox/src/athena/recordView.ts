import { PartitionedFile } from './AthenaTable';
import { HiveField, HiveType } from './recordColumns';
import { literal, quoted } from './sqlLiterals';

/** Files with what DuckDB must know to read them. */
export interface ReadableFile extends PartitionedFile {
  gzip: boolean;
  /** Size of the largest JSON object that it can hold, in bytes. */
  unpackedSize: number;
}

const SMALLEST_BUFFER = 1024 * 1024;

/** What DuckDB makes of a record's JSON: one pass over each record, whatever number of columns a query names. */
function jsonStructure(type: HiveType): unknown {
  if (type === 'string') return 'VARCHAR';
  if (typeof type === 'string') return 'MAP(VARCHAR, VARCHAR)';
  return 'struct' in type
    ? structureOf(type.struct)
    : [jsonStructure(type.array)];
}

function structureOf(fields: readonly HiveField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ key, type }) => [key, jsonStructure(type)]),
  );
}

/** The same with the names that Athena's JSON SerDe gives: in lower case. */
function sqlType(type: HiveType): string {
  if (type === 'string') return 'VARCHAR';
  if (typeof type === 'string') return 'MAP(VARCHAR, VARCHAR)';
  if ('array' in type) return `${sqlType(type.array)}[]`;
  const fields = type.struct.map(
    field => `${quoted(field.key.toLowerCase())} ${sqlType(field.type)}`,
  );
  return `STRUCT(${fields.join(', ')})`;
}

/** Reads files of one kind of compression. */
function reading(
  reader: string,
  files: ReadableFile[],
  options: string,
): string {
  const buffer = files.reduce(
    (most, file) => Math.max(most, file.unpackedSize + 1_024),
    SMALLEST_BUFFER,
  );
  const compression = files[0].gzip ? 'gzip' : 'uncompressed';
  const paths = files.map(file => literal(file.path)).join(', ');
  return `${reader}([${paths}], format = 'unstructured', compression = '${compression}', filename = true, maximum_object_size = ${buffer}${options})`;
}

/** One row per record of trail files: an object with `Records`. */
function trailRecords(files: ReadableFile[]): string {
  const source = reading('read_json', files, ", columns = {Records: 'JSON[]'}");
  return `SELECT unnest(Records) AS record, filename FROM ${source}`;
}

/** One row per record of a stream: an object per record, or envelopes of CloudWatch Logs around them. */
function streamRecords(files: ReadableFile[]): string {
  const source = reading('read_json_objects', files, '');
  const messages = `list_transform(CAST(json->'$.logEvents' AS JSON[]), lambda e: TRY_CAST((e->>'$.message') AS JSON))`;
  return `SELECT unnest(CASE WHEN json_type(json, '$.logEvents') = 'ARRAY' THEN ${messages} ELSE [json] END) AS record, filename FROM ${source}`;
}

function recordsOf(layout: 'trail' | 'stream', files: ReadableFile[]): string {
  const select = layout === 'trail' ? trailRecords : streamRecords;
  const groups = [true, false]
    .map(gzip => files.filter(file => file.gzip === gzip))
    .filter(group => group.length > 0);
  return groups.length
    ? groups.map(select).join(' UNION ALL ')
    : "SELECT CAST(NULL AS JSON) AS record, '' AS filename WHERE false";
}

/** The partition values of each file as rows. */
function placesOf(partitions: string[], files: ReadableFile[]): string {
  const names = ['path', ...partitions].map(quoted).join(', ');
  const rows = files.map(file => {
    const values = partitions.map(name => literal(file.partition[name]));
    return `(${[literal(file.path), ...values].join(', ')})`;
  });
  return rows.length
    ? `SELECT * FROM (VALUES ${rows.join(', ')}) AS v(${names})`
    : `SELECT ${['path', ...partitions]
        .map(name => `'' AS ${quoted(name)}`)
        .join(', ')} WHERE false`;
}

/**
 * The query behind a table: its files' records as rows, with the partition columns at the end.
 */
export function recordView(
  layout: 'trail' | 'stream',
  columns: readonly HiveField[],
  partitions: string[],
  files: ReadableFile[],
): string {
  const values = columns.map(({ key, type }) => {
    const value = `CAST(value.${quoted(key)} AS ${sqlType(type)})`;
    return `${value} AS ${quoted(key.toLowerCase())}`;
  });
  const structure = literal(JSON.stringify(structureOf(columns)));
  return `SELECT ${[...values, ...partitions.map(quoted)].join(', ')}
    FROM (
      SELECT json_transform(record, ${structure}) AS value, places.*
      FROM (${recordsOf(layout, files)}) AS records
      JOIN (${placesOf(partitions, files)}) AS places
        ON places.path = records.filename
      WHERE json_type(record) = 'OBJECT'
    )`;
}
