import { join } from 'node:path';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { line } from '../../frame/inert';

/**
 * A path as the AWS CLI reads it: variables (`$NAME`, `${NAME}`, on Windows `%NAME%`) that are there are put in, then `~`
 * is the person's home. A shell does not do it where the path stands in quotes.
 *
 * @throws CliError for the home of somebody else, which only the system can look up
 * @see botocore's `configloader`: `os.path.expandvars`, then `os.path.expanduser`
 */
export function expandPath(
  { env, home, platform }: Pick<Context, 'env' | 'home' | 'platform'>,
  variable: string,
  path: string,
): string {
  const pattern =
    platform === 'win32'
      ? /\$(\w+)|\$\{([^}]*)\}|%([^%]+)%/g
      : /\$(\w+)|\$\{([^}]*)\}/g;
  const expanded = path.replace(
    pattern,
    (whole, ...names: Array<string | undefined>) =>
      env[names.slice(0, 3).find(name => typeof name === 'string') ?? ''] ??
      whole,
  );
  if (!expanded.startsWith('~')) {
    return expanded;
  }
  const rest = expanded.slice(1);
  if (rest === '' || rest.startsWith('/') || isBackslash(rest, platform)) {
    return join(home, rest);
  }
  throw new CliError(
    line`${variable} names the home of somebody else: ${path}. Write the path in full.`,
    EXIT.usage,
  );
}

function isBackslash(rest: string, platform: NodeJS.Platform): boolean {
  return platform === 'win32' && rest.startsWith('\\');
}
