import { lstat, readdir, rm } from 'fs/promises';
import { join } from 'path';
import { CACHE_FILE } from './KeptDay';

interface Kept {
  names: string[];
  size: number;
  usedAt: number;
}

/**
 * Deletes days that were not used for longest, until the cache is small enough.
 * Another process may do the same at the same time, or delete everything.
 * @param maxSize - in bytes
 */
export async function evict(folder: string, maxSize: number): Promise<void> {
  const days = await keptDays(folder);
  let size = [...days.values()].reduce((sum, day) => sum + day.size, 0);
  const oldestFirst = [...days].sort(([, a], [, b]) => a.usedAt - b.usedAt);
  for (const [key] of oldestFirst) {
    if (size <= maxSize) {
      return;
    }
    size -= days.get(key)!.size;
    await forget(folder, days.get(key)!.names);
  }
}

/** Deletes everything that is kept under some keys. */
export async function forgetDays(
  folder: string,
  keys: string[],
): Promise<void> {
  const days = await keptDays(folder);
  for (const key of keys) {
    await forget(folder, days.get(key)?.names ?? []);
  }
}

async function keptDays(folder: string): Promise<Map<string, Kept>> {
  const days = new Map<string, Kept>();
  for (const name of await readdir(folder).catch(() => [])) {
    const key = CACHE_FILE.exec(name)?.[1];
    const stat =
      key && (await lstat(join(folder, name)).catch(() => undefined));
    if (key && stat) {
      const day = days.get(key) ?? { names: [], size: 0, usedAt: -Infinity };
      day.names.push(name);
      day.size += stat.size;
      day.usedAt = Math.max(day.usedAt, stat.mtimeMs);
      days.set(key, day);
    }
  }
  return days;
}

/** What says that a day is there goes first. */
async function forget(folder: string, names: string[]) {
  const order = [...names].sort(
    (a, b) =>
      Number(b.endsWith('.json')) - Number(a.endsWith('.json')) ||
      (a < b ? -1 : 1),
  );
  for (const name of order) {
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}
