import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One file that Firehose delivered. */
export interface StreamFile {
  /** Absolute. */
  path: string;
  /** `YYYY/MM/DD`, when it arrived. */
  day: string;
  /** Two digits, where the folder has hours. */
  hour?: string;
  /** In bytes, as stored. */
  size: number;
}

const NAME = /^(\d{4}\/\d{2}\/\d{2})\/(?:(\d{2})\/)?[^/.][^/]*$/;

/**
 * Lists what Firehose put below a folder, `YYYY/MM/DD/[HH/]<name>`.
 *
 * @param root - the folder of the logs
 * @param folder - the stream's folder below it
 */
export async function streamFiles(
  root: string,
  folder: string,
): Promise<StreamFile[]> {
  const base = join(root, folder);
  let names: string[];
  try {
    names = await readdir(base, { recursive: true });
  } catch (error) {
    // Where nothing was delivered there is no folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const files: StreamFile[] = [];
  for (const name of names.sort()) {
    const match = NAME.exec(name);
    const path = join(base, name);
    const found = match && (await stat(path));
    if (match && found?.isFile()) {
      files.push({ path, day: match[1], hour: match[2], size: found.size });
    }
  }
  return files;
}
