import { credentialProcessAnswer } from './credentialProcess';
import {
  awsVariables,
  OLDER_VARIABLES,
  ShellCredentials,
} from './shellCredentials';

/** Where the lines are going to be pasted or evaluated. `bash` is for every shell of its kind. */
export type ShellFormat = 'bash' | 'fish' | 'powershell' | 'cmd' | 'process';

const SET_LINE: Record<
  Exclude<ShellFormat, 'process'>,
  (name: string, value: string) => string
> = {
  bash: (name, value) => `export ${name}='${value}'`,
  fish: (name, value) => `set -gx ${name} '${value}'`,
  powershell: (name, value) => `$Env:${name} = '${value}'`,
  // The quotes are around the whole assignment: around the value alone they would become part of it.
  cmd: (name, value) => `set "${name}=${value}"`,
};

/** Lines that take credentials out of a shell. */
export function unsetLines(format: Exclude<ShellFormat, 'process'>): string {
  switch (format) {
    case 'bash':
      return `unset ${OLDER_VARIABLES.join(' ')}`;
    case 'fish':
      return OLDER_VARIABLES.map(name => `set -e ${name}`).join('; ');
    case 'powershell':
      return `Remove-Item -ErrorAction SilentlyContinue ${OLDER_VARIABLES.map(
        name => `Env:${name}`,
      ).join(', ')}`;
    default:
      return OLDER_VARIABLES.map(name => `set "${name}="`).join('\n');
  }
}

/**
 * Lines that put credentials into a shell, or the answer of a `credential_process`.
 * @throws UnsafeValueError where a value is not of the form it must have
 */
export function shellLines(
  format: ShellFormat,
  credentials: ShellCredentials,
): string {
  const variables = awsVariables(credentials);
  if (format === 'process') {
    return credentialProcessAnswer(credentials).stdout;
  }
  return [
    unsetLines(format),
    ...variables.map(([name, value]) => SET_LINE[format](name, value)),
    '',
  ].join('\n');
}
