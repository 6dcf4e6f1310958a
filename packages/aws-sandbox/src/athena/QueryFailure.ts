/** A query that ended without a result, with Athena's reason in words. */
export class QueryFailure extends Error {
  constructor(
    reason: string,
    readonly state: 'FAILED' | 'CANCELLED' = 'FAILED',
    /** What was read until then. */
    readonly scannedBytes: number = 0,
  ) {
    super(reason);
    this.name = 'QueryFailure';
  }
}

/** The failure of a query whose text Trino would not understand. */
export function syntaxError(message: string): QueryFailure {
  return new QueryFailure(`SYNTAX_ERROR: ${message}`);
}

/**
 * Puts an error of DuckDB into Athena's words. Paths of this machine stay out of it.
 * @param root - the folder of the logs
 */
export function failureOf(
  error: unknown,
  root: string,
  scannedBytes: number,
): QueryFailure {
  if (error instanceof QueryFailure) return error;
  const [first] = String((error as Error).message).split('\n');
  const text = first.replaceAll(root, 's3:/').slice(0, 500);
  const missing =
    /Referenced (?:column|table) "(.*?)" not found/.exec(text) ??
    /Could not find key "(.*?)" in struct/.exec(text);
  const reason = missing
    ? `COLUMN_NOT_FOUND: line 1:1: Column '${missing[1]}' cannot be resolved or requester is not authorized to access requested resources`
    : `${codeOf(text)}: ${text.replace(/^[A-Za-z ]+ Error: /, '')}`;
  return new QueryFailure(reason, 'FAILED', scannedBytes);
}

function codeOf(text: string): string {
  if (/^IO Error|Malformed JSON in file/.test(text)) return 'HIVE_CURSOR_ERROR';
  if (/^Conversion Error/.test(text)) return 'INVALID_CAST_ARGUMENT';
  if (/^(Parser|Binder|Catalog) Error/.test(text)) return 'SYNTAX_ERROR';
  if (/^Out of Memory/.test(text)) return 'EXCEEDED_LOCAL_MEMORY_LIMIT';
  return 'GENERIC_INTERNAL_ERROR';
}
