import { Stats } from 'node:fs';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';

/**
 * Credentials are kept only where nobody else can read or plant them. Windows keeps the person's folders apart
 * by itself.
 *
 * @param ours - user id of this process; undefined where the system has none
 * @throws CliError that names the path and what to do
 */
export function refuseOpen(
  path: string,
  stats: Pick<Stats, 'uid' | 'mode'>,
  ours: number | undefined = process.geteuid?.(),
): void {
  if (ours === undefined) {
    return;
  }
  if (stats.uid !== ours) {
    throw new CliError(
      `${path} belongs to somebody else, so nothing in it is used. Delete it, or set another cache folder.`,
      EXIT.failed,
    );
  }
  // eslint-disable-next-line no-bitwise
  if ((stats.mode & 0o077) !== 0) {
    throw new CliError(
      `Others can reach ${path}, so nothing in it is used. Delete it; if you do not know how that came, end the lease, too.`,
      EXIT.failed,
    );
  }
}
