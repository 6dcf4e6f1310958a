import { DuckDBValue } from '@duckdb/node-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { texts } from './candidates';
import { DuckDbEngine } from './DuckDbEngine';
import { LogFile, LogLayout } from './LogListing';
import {
  LogFileError,
  LogProblem,
  readingProblem,
  reasonOf,
} from './logProblems';
import { unpackedSize } from './unpackedSize';

/** Files in one statement. Each statement costs about as much as ten small files. */
const FILES_AT_ONCE = 1_000;
/** Larger ones are read alone, with a buffer of their own size. */
const LARGE = 1024 * 1024;
/** JSON in gzip of a log shrinks to a twentieth; where it is more, the file is read alone. */
const USUAL_RATIO = 24;
const SMALLEST_BUFFER = 4 * 1024 * 1024;
/** Envelopes of CloudWatch Logs hold at most 1 MiB, packed. */
const FIREHOSE_BUFFER = 16 * 1024 * 1024;
/** Largest. CloudTrail's own files stay far below it. */
const LARGEST_BUFFER = 256 * 1024 * 1024;

/** Files of one kind. */
export interface FileKind {
  layout: LogLayout;
  compressed: boolean;
}

/** How to read some files, all of one kind. */
export interface FileReading extends FileKind {
  /** The statement; binds `$files`, `$buffer` and the values. */
  sql: string;
  values: Record<string, DuckDBValue>;
  /** Whether what was read is enough; the rest is left unread then. */
  isEnough?(read: FileRows[]): boolean;
}

/** What one statement gave. */
export interface FileRows {
  files: LogFile[];
  rows: Array<Record<string, unknown>>;
}

/**
 * Reads files, many at once. One bad file fails a whole statement: the files are
 * then halved until it is alone, and it is reported by name.
 */
export async function readFiles(
  engine: DuckDbEngine,
  reading: FileReading,
  files: LogFile[],
  signal: AbortSignal,
): Promise<{ read: FileRows[]; problems: LogProblem[]; unread: boolean }> {
  const read: FileRows[] = [];
  const problems: LogProblem[] = [];
  const waiting = batchesOf(files, reading.layout).reverse();
  for (let batch = waiting.pop(); batch; batch = waiting.pop()) {
    signal.throwIfAborted();
    if (reading.isEnough?.(read)) {
      return { read, problems, unread: true };
    }
    try {
      const rows = await readBatch(engine, reading, batch, signal);
      read.push({ files: batch, rows });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ServiceUnavailableError || isStatementError(error)) {
        throw error;
      }
      if (batch.length === 1) {
        problems.push({ name: batch[0].name, ...problemOf(error) });
      } else {
        const half = Math.ceil(batch.length / 2);
        waiting.push(batch.slice(half), batch.slice(0, half));
      }
    }
  }
  return { read, problems, unread: false };
}

/** No file is to blame for a statement that cannot run. */
function isStatementError(error: unknown): boolean {
  return /(Parser|Binder|Catalog) Error/.test(reasonOf(error));
}

/** Files that one statement reads. */
export function batchesOf(files: LogFile[], layout: LogLayout): LogFile[][] {
  const isLarge = (file: LogFile) => layout === 'trail' && file.size > LARGE;
  const small = files.filter(file => !isLarge(file));
  const batches = files.filter(isLarge).map(file => [file]);
  for (let start = 0; start < small.length; start += FILES_AT_ONCE) {
    batches.push(small.slice(start, start + FILES_AT_ONCE));
  }
  return batches;
}

async function readBatch(
  engine: DuckDbEngine,
  reading: FileReading,
  batch: LogFile[],
  signal: AbortSignal,
): Promise<Array<Record<string, unknown>>> {
  const values = { ...reading.values, ...(await boundFiles(reading, batch)) };
  return engine.query(reading.sql, values, signal);
}

/** What binds the files to a statement over `recordRows`. */
export async function boundFiles(
  kind: FileKind,
  batch: LogFile[],
): Promise<Record<string, DuckDBValue>> {
  return {
    files: texts(batch.map(({ path }) => path)),
    buffer: await bufferFor(kind, batch),
  };
}

/** Size of the largest JSON object that the files can hold, in bytes. */
async function bufferFor(
  { layout, compressed }: FileKind,
  batch: LogFile[],
): Promise<number> {
  if (layout === 'firehose') {
    return FIREHOSE_BUFFER;
  }
  if (batch.length > 1 || !compressed) {
    const largest = Math.max(...batch.map(({ size }) => size));
    return Math.max(SMALLEST_BUFFER, largest * USUAL_RATIO);
  }
  const size = await unpackedSize(batch[0].path);
  if (size > LARGEST_BUFFER) {
    const words = `unpacks to ${megabytes(size)} MB; at most ${megabytes(
      LARGEST_BUFFER,
    )} MB can be read`;
    throw new LogFileError({ kind: 'unreadable', words });
  }
  return Math.max(SMALLEST_BUFFER, size + 1024);
}

function megabytes(size: number): number {
  return Math.ceil(size / 1024 / 1024);
}

function problemOf(error: unknown): Omit<LogProblem, 'name'> {
  return error instanceof LogFileError ? error.problem : readingProblem(error);
}
