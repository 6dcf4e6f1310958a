import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const NEWLINE = 0x0a;

/**
 * Appends one line and returns when it is on the disk. Only the owner may read
 * the file. A line that a crash cut off is closed first, so that it spoils no
 * other.
 */
export async function appendLine(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    await handle.chmod(0o600);
    const { size } = await handle.stat();
    const torn = size > 0 && (await lastByte(handle, size)) !== NEWLINE;
    await handle.appendFile(`${torn ? '\n' : ''}${line}\n`, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function lastByte(
  handle: Awaited<ReturnType<typeof open>>,
  size: number,
): Promise<number> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0];
}

/** The lines that are not empty, none where there is no file. */
export async function readLines(file: string): Promise<string[]> {
  return splitLines(
    await readFile(file, 'utf8').catch(error => {
      if (error.code === 'ENOENT') {
        return '';
      }
      throw error;
    }),
  );
}

/** The lines within the last bytes of the file; the first may be cut. */
export async function readLastLines(
  file: string,
  bytes: number,
): Promise<string[]> {
  const handle = await open(file, 'r').catch(error => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (!handle) {
    return [];
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const { buffer } = await handle.read(
      Buffer.alloc(length),
      0,
      length,
      size - length,
    );
    return splitLines(buffer.toString('utf8'));
  } finally {
    await handle.close();
  }
}

/** Renames a file; one that is not there is none to move. */
export async function moveAway(file: string, to: string): Promise<void> {
  await rename(file, to).catch(error => {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  });
}

function splitLines(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '');
}
