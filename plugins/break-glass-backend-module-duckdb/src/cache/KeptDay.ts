import { randomBytes } from 'crypto';
import { lstatSync, readFileSync, utimesSync } from 'fs';
import { rename, writeFile } from 'fs/promises';
import { join } from 'path';
import { z } from 'zod';
import { isOwnFile } from './FolderTrust';

/** Names of files that belong to the cache: nothing else is ever deleted. */
export const CACHE_FILE =
  /^([0-9a-f]{64})(\.json|\.json\.[0-9a-f]{16}|-[0-9a-f]{16}-[0-9]{1,6}\.parquet)$/;

const count = z.number().int().nonnegative();
const deliveredSchema = z.object({
  regions: z.array(z.string()),
  records: count,
  dataEvents: z.boolean(),
  first: z.number().optional(),
  last: z.number().optional(),
});
const problemSchema = z.object({
  name: z.string(),
  kind: z.enum(['unreadable', 'truncated', 'foreign', 'empty', 'digest']),
  words: z.string(),
});
const keptDaySchema = z.object({
  /** Parquet files, in the folder of the cache. */
  parts: z.array(
    z.object({
      name: z.string().regex(CACHE_FILE),
      size: count,
      sha256: z.string(),
    }),
  ),
  /** Log files that were read for it. */
  filesRead: count,
  /** By account id. */
  delivered: z.record(z.string(), deliveredSchema),
  /** Whether a record does not say its time. */
  untimed: z.boolean(),
  problems: z.array(problemSchema),
});

/** A Parquet file of a day. */
export type KeptPart = z.infer<typeof keptDaySchema>['parts'][number];

/** What is kept of a day beside its records. */
export type KeptDay = z.infer<typeof keptDaySchema>;

/**
 * The day that is kept under a key; undefined where it is not, is incomplete, or
 * cannot be made sense of.
 */
export function readKeptDay(folder: string, key: string): KeptDay | undefined {
  try {
    const summary = join(folder, `${key}.json`);
    if (!isOwnFile(lstatSync(summary))) {
      return undefined;
    }
    const day = keptDaySchema.parse(JSON.parse(readFileSync(summary, 'utf8')));
    const whole = day.parts.every(({ name, size }) => {
      const part = lstatSync(join(folder, name));
      return isOwnFile(part) && part.size === size;
    });
    return whole ? day : undefined;
  } catch {
    return undefined;
  }
}

/** Publishes a day, after its parts: it is there whole, or not at all. */
export async function writeKeptDay(
  folder: string,
  key: string,
  day: KeptDay,
): Promise<void> {
  const path = join(folder, `${key}.json`);
  const unfinished = `${path}.${aRandomPart()}`;
  await writeFile(unfinished, JSON.stringify(day), { mode: 0o600 });
  await rename(unfinished, path);
}

/** Says that a day was used, at an instant in epoch milliseconds. */
export function touchKeptDay(folder: string, key: string, now: number): void {
  const at = new Date(now);
  try {
    utimesSync(join(folder, `${key}.json`), at, at);
  } catch {
    // Deleted meanwhile, or not ours to change: it is used all the same.
  }
}

/** Name of a new part of a day; no two processes write the same. */
export function aPartName(key: string, index: number): string {
  return `${key}-${aRandomPart()}-${index}.parquet`;
}

function aRandomPart(): string {
  return randomBytes(8).toString('hex');
}
