import { createReadStream } from 'fs';
import { open } from 'fs/promises';
import { Writable } from 'stream';
import { pipeline } from 'stream/promises';
import { createGunzip } from 'zlib';
import { LogFile } from './LogListing';
import { codeOf, LogProblem } from './logProblems';

/** Files of a Firehose stream, by whether they are packed; the name does not tell. */
export interface FirehoseFiles {
  packed: LogFile[];
  plain: LogFile[];
  problems: LogProblem[];
}

/**
 * Sorts files by whether they are packed. Packed ones are checked whole: lines
 * have no closing bracket, so that a cut between two would go unseen.
 */
export async function sortFirehoseFiles(
  files: LogFile[],
  signal: AbortSignal,
): Promise<FirehoseFiles> {
  const sorted: FirehoseFiles = { packed: [], plain: [], problems: [] };
  for (const file of files) {
    signal.throwIfAborted();
    try {
      if (await isPacked(file.path)) {
        await assertWhole(file.path, signal);
        sorted.packed.push(file);
      } else {
        sorted.plain.push(file);
      }
    } catch (error) {
      signal.throwIfAborted();
      sorted.problems.push({ name: file.name, ...problemOf(error) });
    }
  }
  return sorted;
}

/** Whether a file begins like gzip (RFC 1952). */
async function isPacked(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
}

/** Unpacks all members, and their check sums with them. */
async function assertWhole(path: string, signal: AbortSignal): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(createReadStream(path), createGunzip(), nowhere, { signal });
}

function problemOf(error: unknown): Omit<LogProblem, 'name'> {
  const code = codeOf(error);
  return code.startsWith('Z_') || code === 'ERR_TRAILING_JUNK_AFTER_STREAM_END'
    ? { kind: 'truncated', words: 'is cut off or damaged' }
    : { kind: 'unreadable', words: `cannot be opened (${code})` };
}
