import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { findConfigRoot } from 'backstage-plugin-break-glass-node';
import { isAbsolute, join, relative, resolve } from 'path';
import { LogLayout } from './LogListing';

/** One folder of log files, and how they are filed below it. */
export interface LogRoot {
  /** Absolute path of the folder that holds `AWSLogs/` or `YYYY/`. */
  path: string;
  /** `auto` reads whatever of both lies there. */
  layout: LogLayout | 'auto';
}

/** Where days of logs are kept in a form that is fast to search. */
export interface CacheOptions {
  /** Absolute path of a folder that nothing else uses. */
  path: string;
  /** In bytes. */
  maxSize: number;
}

/** Where the CloudTrail files lie, and how much memory reading them may take. */
export interface DuckDbOptions {
  roots: LogRoot[];
  /** In DuckDB's notation, e.g. `256MB`. */
  memoryLimit: string;
  cache?: CacheOptions;
}

const KEY = 'breakGlass.activity.duckdb';
const UNITS = { MB: 1_000_000, GB: 1_000_000_000 };

/**
 * Reads `breakGlass.activity.duckdb`.
 * @throws InputError that names the key.
 */
export function readOptions(
  config: Config,
  workingDirectory: string = process.cwd(),
): DuckDbOptions {
  const section = config.getOptionalConfig(KEY);
  const base = findConfigRoot(workingDirectory);
  const roots = readRoots(section, base);
  const memoryLimit = section?.getOptionalString('memoryLimit') ?? '256MB';
  bytesOf(memoryLimit, `${KEY}.memoryLimit`);
  const cachePath = section?.getOptionalString('cache.path');
  if (cachePath === undefined) {
    return { roots, memoryLimit };
  }
  const cache = {
    path: folderOf(cachePath, `${KEY}.cache.path`, base),
    maxSize: bytesOf(
      section?.getOptionalString('cache.maxSize') ?? '2GB',
      `${KEY}.cache.maxSize`,
    ),
  };
  assertApart(cache.path, roots);
  return { roots, memoryLimit, cache };
}

function readRoots(section: Config | undefined, base: string): LogRoot[] {
  const listed = section?.getOptionalConfigArray('roots');
  if (listed && section?.has('path')) {
    throw new InputError(`${KEY} takes either path or roots, not both`);
  }
  if (listed?.length === 0) {
    throw new InputError(`${KEY}.roots must name a folder`);
  }
  if (listed) {
    return listed.map((root, index) =>
      readRoot(root, root.getString('path'), `${KEY}.roots[${index}]`, base),
    );
  }
  const path = section?.getOptionalString('path') ?? '.data/cloudtrail';
  return [readRoot(section, path, KEY, base)];
}

function readRoot(
  section: Config | undefined,
  path: string,
  key: string,
  base: string,
): LogRoot {
  const layout = section?.getOptionalString('layout') ?? 'auto';
  if (layout !== 'trail' && layout !== 'firehose' && layout !== 'auto') {
    throw new InputError(
      `${key}.layout must be trail, firehose or auto, not '${layout}'`,
    );
  }
  return { path: folderOf(path, `${key}.path`, base), layout };
}

/** DuckDB takes these for patterns of several files. */
function folderOf(path: string, key: string, base: string): string {
  if (/[*?[\]{}]/.test(path)) {
    throw new InputError(
      `${key} must be one folder: it cannot hold any of * ? [ ] { }`,
    );
  }
  return resolve(isAbsolute(path) ? path : join(base, path));
}

function bytesOf(size: string, key: string): number {
  const parts = /^([1-9][0-9]{0,6})(MB|GB)$/.exec(size);
  if (!parts) {
    throw new InputError(
      `${key} must be a number of MB or GB such as 512MB, not '${size}'`,
    );
  }
  return Number(parts[1]) * UNITS[parts[2] as keyof typeof UNITS];
}

/** What is deleted to keep the cache small must never be a log. */
function assertApart(cache: string, roots: LogRoot[]) {
  const within = (inner: string, outer: string) => {
    const path = relative(outer, inner);
    return path === '' || (!path.startsWith('..') && !isAbsolute(path));
  };
  if (roots.some(({ path }) => within(cache, path) || within(path, cache))) {
    throw new InputError(
      `${KEY}.cache.path must lie outside the folders of the logs`,
    );
  }
}
