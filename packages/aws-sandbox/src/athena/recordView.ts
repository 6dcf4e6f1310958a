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

const path = (key: string) => literal(`$."${key}"`);

/** An SQL expression that gives a value of this Hive type out of a JSON object, as Athena's JSON SerDe does. */
function fieldExpression(object: string, { key, type }: HiveField): string {
  const child = `(${object}->${path(key)})`;
  if (type === 'string') return `(${object}->>${path(key)})`;
  if (typeof type === 'string') {
    return `TRY_CAST(${child} AS MAP(VARCHAR, VARCHAR))`;
  }
  if ('struct' in type) {
    return `CASE WHEN json_type(${child}) = 'OBJECT' THEN ${structOf(
      child,
      type.struct,
    )} END`;
  }
  return `CASE WHEN json_type(${child}) = 'ARRAY' THEN list_transform(CAST(${child} AS JSON[]), lambda e: ${elementOf(
    type.array,
  )}) END`;
}

function structOf(object: string, fields: HiveField[]): string {
  const parts = fields.map(
    field =>
      `${quoted(field.key.toLowerCase())} := ${fieldExpression(object, field)}`,
  );
  return `struct_pack(${parts.join(', ')})`;
}

function elementOf(type: HiveType): string {
  return typeof type === 'object' && 'struct' in type
    ? structOf('e', type.struct)
    : "(e->>'$')";
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
  const values = columns.map(
    column =>
      `${fieldExpression('record', column)} AS ${quoted(
        column.key.toLowerCase(),
      )}`,
  );
  const places = partitions.map(name => `places.${quoted(name)}`);
  return `WITH records AS (${recordsOf(layout, files)}),
    places AS (${placesOf(partitions, files)})
    SELECT ${[...values, ...places].join(', ')}
    FROM records JOIN places ON places.path = records.filename
    WHERE json_type(record) = 'OBJECT'`;
}
