import { open } from 'fs/promises';
import { LogFileError } from './logProblems';

/** Deflate packs no better than this (RFC 1951). */
const BEST_RATIO = 1_032;
/** The shortest gzip file: a header, an empty block and a trailer (RFC 1952). */
const SHORTEST = 18;

/**
 * Unpacked size as the end of a gzip file states it (RFC 1952: ISIZE), in bytes.
 * @throws LogFileError where it cannot be a whole gzip file.
 */
export async function unpackedSize(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < SHORTEST) {
      throw new LogFileError({ kind: 'truncated', words: 'is cut off' });
    }
    const head = await file.read(Buffer.alloc(2), 0, 2, 0);
    if (head.buffer.readUInt16BE(0) !== 0x1f8b) {
      throw new LogFileError({ kind: 'foreign', words: 'is not a gzip file' });
    }
    const tail = await file.read(Buffer.alloc(4), 0, 4, size - 4);
    const unpacked = tail.buffer.readUInt32LE(0);
    if (unpacked > size * BEST_RATIO) {
      const words = 'is cut off or damaged';
      throw new LogFileError({ kind: 'truncated', words });
    }
    return unpacked;
  } finally {
    await file.close();
  }
}
