import { AthenaLogConfig } from '../../config/athenaConfig';
import { codeOf, unavailableError } from '../../errors';
import { awsErrorName } from '../../federation/aws/translateError';

const THROTTLED = new Set([
  'TooManyRequestsException',
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
]);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException']);
const KEYS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** For words: `cloudtrail.trail of the account 555566667777`. */
export function nameOf({ database, table, accountId }: AthenaLogConfig) {
  return `${database}.${table} of the account ${accountId}`;
}

/** Whether a call may work if it is made again: throttled, or no useful answer. */
export function mayPass(error: unknown): boolean {
  const name = awsErrorName(error);
  if (codeOf(error) || KEYS.has(name) || DENIED.has(name)) {
    return false;
  }
  const { $metadata, $response } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  return THROTTLED.has(name) || status === undefined || status >= 500;
}

/**
 * A failed call in our words, with the next step, and nothing that AWS wrote but the error's name.
 * @param action - such as `athena:StartQueryExecution`
 */
export function callFailure(
  error: unknown,
  action: string,
  log: AthenaLogConfig,
): Error {
  if (codeOf(error)) {
    return error as Error;
  }
  const name = awsErrorName(error);
  return unavailableError(
    'log-source-unavailable',
    `The log ${nameOf(log)} was not read (${name}). ${nextStep(
      name,
      action,
      log,
    )}`,
  );
}

function nextStep(name: string, action: string, log: AthenaLogConfig): string {
  if (DENIED.has(name)) {
    const also =
      action === 'athena:GetTableMetadata'
        ? `, and glue:GetDatabase and glue:GetTable on ${log.database}.${log.table}`
        : '';
    return `Allow ${action} to the credentials of the account ${log.accountId}${also}.`;
  }
  if (KEYS.has(name)) {
    return `AWS does not accept the credentials of the account ${log.accountId}: renew them under aws.accounts.`;
  }
  if (THROTTLED.has(name)) {
    return 'Athena is busy: look again in a few minutes, or ask AWS for a higher quota.';
  }
  if (name === 'MetadataException') {
    return `Check that the table exists in the catalog ${log.catalog} of ${log.region}; its DDL is in docs/aws-side.md.`;
  }
  if (name === 'InvalidRequestException') {
    return `Check that the workgroup ${log.workgroup} exists in ${log.region}, is enabled and has a place for results.`;
  }
  return 'Look again in a minute.';
}

/** What Athena says of a query that failed, by how its reason begins. What follows can hold texts from logs. */
const CAUSES: [pattern: RegExp, cause: string, next: string][] = [
  [
    /bytes scanned limit/i,
    'it would have scanned more than the workgroup allows',
    'Raise the data limit of the workgroup, or partition the table.',
  ],
  [
    /^(?:COLUMN_NOT_FOUND|TYPE_MISMATCH)/,
    'the table has other columns than it should',
    'Make the table again with the DDL of docs/aws-side.md; no file is changed by that.',
  ],
  [
    /^(?:TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND)/,
    'there is no such table',
    'Make it with the DDL of docs/aws-side.md.',
  ],
  [
    /^CONSTRAINT_VIOLATION/,
    'the projection of the partitions asks for other conditions',
    'Compare the TBLPROPERTIES of the table with the DDL of docs/aws-side.md.',
  ],
  [
    /^(?:PERMISSION_DENIED|Insufficient permissions|Access denied)/i,
    'its credentials may not read the table, its files, or write results',
    'Compare their policy with the one of docs/aws-side.md.',
  ],
  [
    /^HIVE_(?:BAD_DATA|CURSOR_ERROR|CANNOT_OPEN_SPLIT)/,
    'a file of the log cannot be read',
    'Look at the query in the Athena console, which names the file.',
  ],
];

/** 503 for a query that ended without a result. */
export function queryFailure(
  log: AthenaLogConfig,
  id: string,
  state: 'FAILED' | 'CANCELLED',
  reason: string,
): Error {
  const known = CAUSES.find(([pattern]) => pattern.test(reason));
  const [, cause, next] = known ?? [
    undefined,
    state === 'CANCELLED'
      ? 'somebody or Athena itself cancelled it'
      : `Athena failed${codeIn(reason)}`,
    'Look again in a few minutes.',
  ];
  return unavailableError(
    'log-source-unavailable',
    `A query of the log ${nameOf(
      log,
    )} gave no result: ${cause}. ${next} The query is ${id}.`,
  );
}

/** ` (GENERIC_INTERNAL_ERROR)`: the code that a reason begins with, where there is one. */
function codeIn(reason: string): string {
  const code = /^[A-Z][A-Z_]{2,63}(?=:)/.exec(reason)?.[0];
  return code ? ` (${code})` : '';
}
