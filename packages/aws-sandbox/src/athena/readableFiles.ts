import { open } from 'node:fs/promises';
import { PartitionedFile } from './AthenaTable';
import { ReadableFile } from './recordView';

const GZIP_MAGIC = 0x1f8b;
/** Deflate packs no better than this (RFC 1951). */
const BEST_RATIO = 1_032;

async function readable(file: PartitionedFile): Promise<ReadableFile> {
  const handle = await open(file.path, 'r');
  try {
    const head = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const gzip =
      head.bytesRead === 2 && head.buffer.readUInt16BE(0) === GZIP_MAGIC;
    if (!gzip) return { ...file, gzip, unpackedSize: file.size };
    // The last member's size (RFC 1952: ISIZE): a trail file has one member and one object.
    const tail = await handle.read(Buffer.alloc(4), 0, 4, file.size - 4);
    const stated = tail.buffer.readUInt32LE(0);
    const unpackedSize = Math.min(stated, file.size * BEST_RATIO);
    return { ...file, gzip, unpackedSize };
  } finally {
    await handle.close();
  }
}

/** Looks at the files: Firehose does not say in a name whether it compressed. Empty ones hold nothing. */
export async function readableFiles(
  files: PartitionedFile[],
): Promise<ReadableFile[]> {
  const out: ReadableFile[] = [];
  for (const file of files) {
    if (file.size > 0) out.push(await readable(file));
  }
  return out;
}
