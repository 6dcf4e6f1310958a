import { credentialProcessAnswer } from './credentialProcess';
import {
  awsVariables,
  OLDER_VARIABLES,
  ShellCredentials,
} from './shellCredentials';

/** Where the lines are going to be pasted or evaluated. `bash` is for every shell of its kind. */
export type ShellFormat = 'bash' | 'fish' | 'powershell' | 'cmd' | 'process';

/**
 * Lines that put credentials into a shell, or the answer of a `credential_process`.
 * @throws UnsafeValueError where a value is not of the form it must have
 */
export function shellLines(
  format: ShellFormat,
  credentials: ShellCredentials,
): string {
  const variables = awsVariables(credentials);
  const lines = (
    before: string,
    line: (name: string, value: string) => string,
  ) =>
    [before, ...variables.map(([name, value]) => line(name, value)), ''].join(
      '\n',
    );
  switch (format) {
    case 'bash':
      return lines(
        `unset ${OLDER_VARIABLES.join(' ')}`,
        (name, value) => `export ${name}='${value}'`,
      );
    case 'fish':
      return lines(
        OLDER_VARIABLES.map(name => `set -e ${name}`).join('; '),
        (name, value) => `set -gx ${name} '${value}'`,
      );
    case 'powershell':
      return lines(
        `Remove-Item -ErrorAction SilentlyContinue ${OLDER_VARIABLES.map(
          name => `Env:${name}`,
        ).join(', ')}`,
        (name, value) => `$Env:${name} = '${value}'`,
      );
    case 'cmd':
      // The quotes are around the whole assignment: around the value alone they would become part of it.
      return lines(
        OLDER_VARIABLES.map(name => `set "${name}="`).join('\n'),
        (name, value) => `set "${name}=${value}"`,
      );
    default:
      return credentialProcessAnswer(credentials).stdout;
  }
}
