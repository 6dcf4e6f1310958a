import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { findConfigRoot } from 'backstage-plugin-break-glass-node';
import { isAbsolute, join, resolve } from 'path';

/** Where the CloudTrail files lie, and how much memory reading them may take. */
export interface DuckDbOptions {
  /** Absolute path of the folder that holds `AWSLogs/`. */
  root: string;
  /** In DuckDB's notation, e.g. `1GB`. */
  memoryLimit: string;
}

const KEY = 'breakGlass.activity.duckdb';

/**
 * Reads `breakGlass.activity.duckdb`.
 * @throws InputError that names the key.
 */
export function readOptions(
  config: Config,
  workingDirectory: string = process.cwd(),
): DuckDbOptions {
  const path = config.getOptionalString(`${KEY}.path`) ?? '.data/cloudtrail';
  if (/[*?[\]{}]/.test(path)) {
    throw new InputError(
      `${KEY}.path must be one folder: it cannot hold any of * ? [ ] { }`,
    );
  }
  const memoryLimit = config.getOptionalString(`${KEY}.memoryLimit`) ?? '1GB';
  if (!/^[1-9][0-9]{0,6}(MB|GB)$/.test(memoryLimit)) {
    throw new InputError(
      `${KEY}.memoryLimit must be a number of MB or GB such as 512MB, not '${memoryLimit}'`,
    );
  }
  const root = isAbsolute(path)
    ? path
    : join(findConfigRoot(workingDirectory), path);
  return { root: resolve(root), memoryLimit };
}
