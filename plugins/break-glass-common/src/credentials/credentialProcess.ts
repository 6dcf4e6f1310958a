/** Credentials as AWS gives them, with their end as ISO 8601. */
export interface ProcessCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: string;
}

/** What a `credential_process` command leaves behind. */
export interface ProcessOutcome {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/**
 * The answer that the AWS CLI and SDKs expect of a `credential_process`:
 * exactly these fields, on standard output.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function credentialProcessAnswer(
  credentials: ProcessCredentials,
): ProcessOutcome {
  const answer = {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expiration,
  };
  return {
    stdout: `${JSON.stringify(answer, null, 2)}\n`,
    stderr: '',
    exitCode: 0,
  };
}

/**
 * A failure: one line on standard error, nothing on standard output, not zero.
 * @param exitCode - what the command ends with; 1 unless said
 */
export function credentialProcessFailure(
  message: string,
  exitCode: number = 1,
): ProcessOutcome {
  return {
    stdout: '',
    stderr: `break-glass: ${oneLine(message)}\n`,
    exitCode: exitCode || 1,
  };
}

/** A text as one line of at most 500 characters that does nothing to a terminal (pitfall 32). */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
