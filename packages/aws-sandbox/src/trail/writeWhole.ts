import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file below a folder so that readers never see half of it, nor pick up one that is still being written.
 *
 * @param root - the folder of the logs
 * @param name - path below it
 */
export async function writeWhole(
  root: string,
  name: string,
  content: Buffer | string,
): Promise<void> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(root, `.${randomUUID()}.tmp`);
  await writeFile(temporary, content);
  await rename(temporary, path);
}
