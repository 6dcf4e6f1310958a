import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** With these, the system says that there is no such folder. */
const NO_FOLDER = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];

/** Also what a process that died had begun to write: it may hold credentials. */
const NAME = /^[0-9a-f]{64}\.json(?:\.\d+)?$/;

/** The files of credentials in a folder; none where there is no folder. */
export async function cacheFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(error => {
    if (NO_FOLDER.includes(error.code)) return [];
    throw error;
  });
  return names.filter(name => NAME.test(name)).map(name => join(folder, name));
}
