/** Name (code) of an AWS error: all of it that may be logged or shown. */
export function awsErrorName(error: unknown): string {
  const { name = '', code } = (error ?? {}) as { name?: string; code?: string };
  const known = name === 'Error' && typeof code === 'string' ? code : name;
  return /^[A-Za-z0-9_.]{1,64}$/.test(known) ? known : 'unknown';
}

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'SlowDown',
]);
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException']);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException']);
/** What a region answers that the account has not switched on: it does not know the keys. */
const REGION_OFF = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'AuthFailure',
  'OptInRequired',
  'RegionDisabledException',
]);

/** What went wrong with a call, as far as it decides what to do next. */
export type FailureKind =
  | 'throttled'
  | 'expired'
  | 'denied'
  | 'region-off'
  | 'down'
  | 'refused';

/** Sorts an error of the AWS SDK. */
export function failureKind(error: unknown): FailureKind {
  const name = awsErrorName(error);
  if (THROTTLED.has(name)) {
    return 'throttled';
  }
  if (EXPIRED.has(name)) {
    return 'expired';
  }
  if (DENIED.has(name)) {
    return 'denied';
  }
  if (REGION_OFF.has(name)) {
    return 'region-off';
  }
  const { $metadata, $response } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  return status === undefined || status >= 500 ? 'down' : 'refused';
}
