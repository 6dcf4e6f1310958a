import { Stats } from 'node:fs';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';
import { refuseForeign } from '../../files/privateFolder';

/**
 * Credentials are used only from a file of the person that nobody else can read or write. Windows has no modes: the
 * profile folder is the person's there.
 *
 * @throws CliError that names the file and what to do
 */
export function refuseOpen(path: string, stats: Stats): void {
  refuseForeign(path, stats.isFile(), stats.uid);
  // eslint-disable-next-line no-bitwise
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
    throw new CliError(
      `Others could read or change ${path}, so nothing in it is used. Delete it; if you do not know how that came, end the lease, too.`,
      EXIT.failed,
    );
  }
}
