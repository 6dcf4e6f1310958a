import { ActivityQuery } from 'backstage-plugin-break-glass-node';
import { open } from 'fs/promises';
import { DuckDbEngine } from './DuckDbEngine';

/** What one file holds for a query. */
export interface FileFindings {
  /** Candidates, as JSON text. */
  found: string[];
  /** Number of records in the file. */
  records: number;
  /** Whether any record is a data event. */
  dataEvents: boolean;
  /** Latest time of a record, epoch milliseconds. */
  latest?: number;
  /** What is wrong with the file although it could be opened, in words. */
  problem?: string;
}

/** Smallest buffer for one JSON object, in bytes; a log file is one object. */
const SMALLEST_BUFFER = 1024 * 1024;
/** Largest. CloudTrail's own files stay far below it. */
const LARGEST_BUFFER = 256 * 1024 * 1024;

/**
 * Values only ever arrive as bound parameters. `Records` is read as raw JSON:
 * typed structs fail on fields that AWS adds and on repeated keys.
 */
const SEARCH = `
  WITH documents AS MATERIALIZED (
    SELECT Records FROM read_json($path,
      format = 'unstructured', compression = 'gzip',
      columns = {Records: 'JSON[]'}, maximum_object_size = $buffer)
  ),
  records AS (
    SELECT record,
      record->>'$.eventName' AS name,
      epoch_ms(try_cast(record->>'$.eventTime' AS TIMESTAMP)) AS time_ms,
      split_part(record->>'$.userIdentity.arn', '/', 3) AS session,
      record->>'$.userIdentity.sessionContext.sourceIdentity' AS source_identity,
      record->>'$.requestParameters.roleArn' AS assumed_role,
      record->>'$.requestParameters.roleSessionName' AS assumed_name,
      record->>'$.responseElements.credentials.accessKeyId' AS issued_key
    FROM (SELECT unnest(Records) AS record FROM documents)
  )
  SELECT
    (SELECT count(*) FROM documents)::INTEGER AS documents,
    (SELECT count(*) FROM documents WHERE Records IS NULL)::INTEGER AS foreign_documents,
    count(*)::INTEGER AS records,
    (count(*) FILTER (json_type(record) IS DISTINCT FROM 'OBJECT'))::INTEGER AS foreign_records,
    coalesce(bool_or(record->>'$.eventCategory' = 'Data'), false) AS data_events,
    max(time_ms)::DOUBLE AS latest,
    list(CAST(record AS VARCHAR)) FILTER (
      (time_ms IS NULL OR (time_ms >= $from AND time_ms < $to))
      AND (
        session = $session
        OR source_identity = $session
        OR (name = 'AssumeRole' AND assumed_role = $role AND assumed_name = $session)
        OR (name = 'AssumeRole'
          AND list_contains(from_json($keys, '["VARCHAR"]'), issued_key))
      )
    ) AS found
  FROM records`;

/**
 * Looks through one file for the candidates of a query.
 * @throws Error where the file cannot be read, with DuckDB's reason.
 */
export async function searchFile(
  engine: DuckDbEngine,
  path: string,
  query: ActivityQuery,
  signal: AbortSignal,
): Promise<FileFindings> {
  const values = {
    path,
    from: query.from,
    to: query.to,
    session: query.sessionName,
    role: query.roleArn,
    keys: JSON.stringify(query.accessKeyIds),
  };
  const size = await unpackedSize(path);
  const [row] = await engine.query(
    SEARCH,
    { ...values, buffer: bufferFor(size) },
    signal,
  );
  return {
    found: (row.found as string[] | null) ?? [],
    records: Number(row.records),
    dataEvents: row.data_events as boolean,
    latest: row.latest === null ? undefined : Number(row.latest),
    problem: problemOf(row),
  };
}

/** Digest files, JSON lines and empty files give no rows instead of an error: they are told by their shape. */
function problemOf(row: Record<string, unknown>): string | undefined {
  if (Number(row.documents) === 0) {
    return 'is empty';
  }
  if (Number(row.foreign_documents) > 0) {
    return 'holds something else than CloudTrail records';
  }
  return Number(row.foreign_records) > 0
    ? `holds ${row.foreign_records} entries that are not records`
    : undefined;
}

/** @throws Error where the file is too large to be read in one piece. */
function bufferFor(size: number): number {
  if (size > LARGEST_BUFFER) {
    throw new Error(
      `unpacks to ${Math.ceil(size / 1024 / 1024)} MB; at most ${
        LARGEST_BUFFER / 1024 / 1024
      } MB can be read`,
    );
  }
  return Math.max(SMALLEST_BUFFER, size + 1024);
}

/** Deflate packs no better than this (RFC 1951). */
const BEST_RATIO = 1_032;

/**
 * Unpacked size as the end of a gzip file states it (RFC 1952: ISIZE), in bytes.
 * @throws Error where it cannot be a whole gzip file.
 */
async function unpackedSize(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < 18) {
      throw new Error('is cut off');
    }
    const head = await file.read(Buffer.alloc(2), 0, 2, 0);
    if (head.buffer.readUInt16BE(0) !== 0x1f8b) {
      throw new Error('is not a gzip file');
    }
    const tail = await file.read(Buffer.alloc(4), 0, 4, size - 4);
    const unpacked = tail.buffer.readUInt32LE(0);
    if (unpacked > size * BEST_RATIO) {
      throw new Error('is cut off or damaged');
    }
    return unpacked;
  } finally {
    await file.close();
  }
}
