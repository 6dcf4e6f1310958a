import { linkSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { LEASE_FROM } from './logShape.mjs';

const DAY = 86_400_000;

/** Files of a folder and all below it, with their sizes. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.json.gz'))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .map(path => ({ path, size: lstatSync(path).size }));
}

/** Days that a lease can touch: its own, and one on both sides. */
export function touchedDays() {
  return [-1, 0, 1].map(offset =>
    new Date(LEASE_FROM + offset * DAY)
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '/'),
  );
}

/** Patterns of the files of an account in some days. */
export function globsOf(root, account, days) {
  return days.map(
    day => `${root}/AWSLogs/${account}/CloudTrail/*/${day}/*.json.gz`,
  );
}

/** Files of an account in some days. */
export function filesOf(root, account, days) {
  return filesBelow(join(root, 'AWSLogs', account)).filter(({ path }) =>
    days.some(day => path.includes(`/${day}/`)),
  );
}

/** A log with only some days of another, as hard links. */
export function withDays(root, target, account, days) {
  rmSync(target, { recursive: true, force: true });
  for (const { path } of filesOf(root, account, days)) {
    const link = join(target, relative(root, path));
    mkdirSync(dirname(link), { recursive: true });
    linkSync(path, link);
  }
}

export const sizeOf = files => files.reduce((sum, { size }) => sum + size, 0);
