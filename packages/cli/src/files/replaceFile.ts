import { randomBytes } from 'node:crypto';
import { Stats } from 'node:fs';
import {
  chmod,
  FileHandle,
  lstat,
  open,
  readdir,
  rename,
  rm,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Nobody writes that long: a process that did died. */
const LEFT_BEHIND_MS = 60_000;

/**
 * Replaces a file of the person, which others may write too, whole or not at all.
 *
 * Until it is complete, it lies beside the old one, readable by nobody else, under a name that is this command's alone:
 * what a process that died left there is removed by the next one. (The library that we write our own files with names
 * them so that they cannot be told from a copy that somebody made.)
 *
 * @param old - of the file that is there: its owner and mode are kept
 * @param check - asked right before the new one takes its place; what it throws keeps the old one there
 * @throws Error of the system
 */
export async function replaceFile(
  file: string,
  bytes: Buffer,
  old: Stats | undefined,
  check: () => Promise<void>,
): Promise<void> {
  await removeLeftBehind(file);
  const begun = `${beginning(file)}${randomBytes(8).toString('hex')}`;
  try {
    const handle = await open(begun, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      if (old) await keepOwner(handle, old);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await check();
    await rename(begun, file);
    // Not before: what is left behind must not be open either.
    if (old) await chmod(file, old.mode);
  } finally {
    await rm(begun, { force: true });
  }
}

function beginning(file: string): string {
  return join(dirname(file), `.${basename(file)}.break-glass-`);
}

async function removeLeftBehind(file: string): Promise<void> {
  const begin = basename(beginning(file));
  const names = (await readdir(dirname(file))).filter(
    name =>
      name.startsWith(begin) && /^[0-9a-f]{16}$/.test(name.slice(begin.length)),
  );
  for (const name of names) {
    const path = join(dirname(file), name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats && stats.mtimeMs < Date.now() - LEFT_BEHIND_MS) {
      await rm(path, { force: true });
    }
  }
}

/** Who may not give a file away owns it already, or makes it their own as any other program does. */
async function keepOwner(handle: FileHandle, old: Stats): Promise<void> {
  await handle.chown(old.uid, old.gid).catch(error => {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes(error.code)) throw error;
  });
}
