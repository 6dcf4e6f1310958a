import { lstat, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { replaceFile } from '../../files/replaceFile';
import { expandPath } from './expandPath';

/** What the place of the AWS files depends on. */
type Where = Pick<Context, 'env' | 'home' | 'platform'>;

/** The config file that the AWS tools read. */
export function configFile(where: Where): string {
  return placeOf(where, 'AWS_CONFIG_FILE', 'config');
}

/** The file of keys that the AWS tools read before it. */
export function credentialsFile(where: Where): string {
  return placeOf(where, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials');
}

function placeOf(where: Where, variable: string, name: string): string {
  const said = where.env[variable];
  return said
    ? expandPath(where, variable, said)
    : join(where.home, '.aws', name);
}

/**
 * A file's bytes, one character each, so that whatever is in it comes out as it was. Empty where there is none.
 *
 * @throws CliError where it is not a file of text that AWS tools can read
 */
export async function readBytes(file: string): Promise<string> {
  const bytes = await readFile(file).catch(error => {
    if (error.code === 'ENOENT') {
      return Buffer.alloc(0);
    }
    throw unusable(file, error.code);
  });
  if (bytes.includes(0)) {
    throw unusable(file, 'it is not text in UTF-8');
  }
  return bytes.toString('latin1');
}

/**
 * Writes a file whole or not at all: the one that a link leads to, with the mode and owner that it has.
 *
 * @param before - what was there when it was looked at, as {@link readBytes} gives it
 * @param bytes - what is to be there
 * @throws CliError where something else is there now
 */
export async function writeBytes(
  file: string,
  before: string,
  bytes: string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch(
    ({ code }) => {
      throw unusable(file, code);
    },
  );
  const stats = await lstat(file).catch(() => undefined);
  const target = stats
    ? await realpath(file).catch(({ code }) => {
        throw unusable(file, code);
      })
    : file;
  if (stats && !(await lstat(target)).isFile()) {
    throw unusable(file, 'it is not a file');
  }
  await replaceFile(
    target,
    Buffer.from(bytes, 'latin1'),
    stats && (await stat(target)),
    () => refuseChanged(file, before),
  ).catch(error => {
    throw error instanceof CliError ? error : unusable(file, error.code);
  });
}

/** Editors and other programs know nothing of our lock: what they wrote meanwhile is not written over. */
async function refuseChanged(file: string, before: string): Promise<void> {
  if ((await readBytes(file)) !== before) {
    throw new CliError(
      `Something else wrote the AWS config file ${file} at the same moment. It stays as that left it: try again.`,
      EXIT.failed,
    );
  }
}

/** A text of ours in the form of {@link readBytes}. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Bytes as text for a person. */
export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function unusable(file: string, why: string): CliError {
  return new CliError(
    `The AWS config file ${file} cannot be used (${why}). Mend it, or name another in AWS_CONFIG_FILE.`,
    EXIT.failed,
  );
}
