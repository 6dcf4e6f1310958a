import { credentialProcessAnswer } from 'backstage-plugin-break-glass-common';

/** Credentials as they arrived, with the region of the account. */
export interface ShellCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** ISO 8601 UTC */
  expiration: string;
  region: string;
}

/** Where the lines are going to be pasted. */
export type ShellFormat = 'bash' | 'fish' | 'powershell' | 'cmd' | 'process';

/** The value of one field has no place in a shell line. Carries its name, never the value. */
export class UnsafeValueError extends Error {
  constructor(readonly field: string) {
    super(`${field} is not of the expected form`);
    this.name = 'UnsafeValueError';
  }
}

/** None of these patterns lets a quote, blank, newline, backslash, or any of `$ % & | ^ < >` through (pitfall 32). */
const PATTERNS: Record<keyof ShellCredentials, RegExp> = {
  accessKeyId: /^[A-Z0-9]{16,128}$/,
  secretAccessKey: /^[A-Za-z0-9/+=_.-]{16,256}$/,
  sessionToken: /^[A-Za-z0-9/+=_.-]{16,8192}$/,
  expiration: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/,
  region: /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/,
};

/** Older variables that would win over, or mix with, the new ones. */
const OLDER = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
];

/**
 * Lines that put credentials into a shell, or the answer of a `credential_process`.
 * @throws UnsafeValueError where a value is not of the form it must have
 */
export function shellLines(
  format: ShellFormat,
  credentials: ShellCredentials,
): string {
  checkValues(credentials);
  const variables = [
    ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey],
    ['AWS_SESSION_TOKEN', credentials.sessionToken],
    ['AWS_CREDENTIAL_EXPIRATION', credentials.expiration],
    ['AWS_REGION', credentials.region],
    ['AWS_DEFAULT_REGION', credentials.region],
  ];
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
        `unset ${OLDER.join(' ')}`,
        (name, value) => `export ${name}='${value}'`,
      );
    case 'fish':
      return lines(
        OLDER.map(name => `set -e ${name}`).join('; '),
        (name, value) => `set -gx ${name} '${value}'`,
      );
    case 'powershell':
      return lines(
        `Remove-Item -ErrorAction SilentlyContinue ${OLDER.map(
          name => `Env:${name}`,
        ).join(', ')}`,
        (name, value) => `$Env:${name} = '${value}'`,
      );
    case 'cmd':
      // The quotes are around the whole assignment: around the value alone they would become part of it.
      return lines(
        OLDER.map(name => `set "${name}="`).join('\n'),
        (name, value) => `set "${name}=${value}"`,
      );
    default:
      return credentialProcessAnswer(credentials).stdout;
  }
}

function checkValues(credentials: ShellCredentials) {
  for (const [field, pattern] of Object.entries(PATTERNS)) {
    if (!pattern.test(credentials[field as keyof ShellCredentials])) {
      throw new UnsafeValueError(field);
    }
  }
}
