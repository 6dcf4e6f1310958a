/** Credentials as they arrived, with the region of the account. */
export interface ShellCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** ISO 8601 UTC */
  expiration: string;
  region: string;
}

/** The value of one field has no place in a shell or a file. Carries its name, never the value. */
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

/** Older variables that would win over, or mix with, new credentials. */
export const OLDER_VARIABLES = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_ACCOUNT_ID',
];

/** Whether a text is a region by its form, and so safe in a shell, a file or a host name. */
export function isRegion(text: string): boolean {
  return PATTERNS.region.test(text);
}

/**
 * The environment of a process that uses the credentials.
 * @throws UnsafeValueError where a value is not of the form it must have
 */
export function awsVariables(
  credentials: ShellCredentials,
): Array<[name: string, value: string]> {
  checkCredentials(credentials);
  return [
    ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey],
    ['AWS_SESSION_TOKEN', credentials.sessionToken],
    ['AWS_CREDENTIAL_EXPIRATION', credentials.expiration],
    ['AWS_REGION', credentials.region],
    ['AWS_DEFAULT_REGION', credentials.region],
  ];
}

/** @throws UnsafeValueError where a value is not of the form it must have */
export function checkCredentials(credentials: ShellCredentials): void {
  for (const [field, pattern] of Object.entries(PATTERNS)) {
    const value: unknown = credentials[field as keyof ShellCredentials];
    if (typeof value !== 'string' || !pattern.test(value)) {
      throw new UnsafeValueError(field);
    }
  }
}
