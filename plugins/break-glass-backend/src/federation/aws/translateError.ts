import { codeOf, inputError, unavailableError } from '../../errors';
import { clockSkewError, MAX_SKEW_MS } from '../../leases/clockSkew';

/** What an AssumeRole was about, for words. */
export interface AssumeRoleFacts {
  roleArn: string;
  partition: string;
  brokerAccountId: string;
  withExternalId: boolean;
  withTags: boolean;
  withSourceIdentity: boolean;
  durationSeconds: number;
  /** Difference of our clock to that of STS, in milliseconds, where STS answered. */
  skewMs?: number;
}

const SKEWED = new Set([
  'RequestTimeTooSkewed',
  'RequestExpired',
  'RequestInTheFuture',
]);
const BROKER_KEYS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
  'IncompleteSignature',
]);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException']);
const POLICY_SIZE = new Set([
  'PackedPolicyTooLarge',
  'PackedPolicyTooLargeException',
]);
const REGION_OFF = new Set(['RegionDisabled', 'RegionDisabledException']);
/** Names with which AWS says no because of too many calls. */
export const THROTTLED: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/** Name (code) of an AWS error: all of it that may be logged or shown. */
export function awsErrorName(error: unknown): string {
  const name = (error as Error | undefined)?.name ?? 'unknown';
  return /^[A-Za-z0-9.]{1,64}$/.test(name) ? name : 'unknown';
}

/**
 * Puts a failed AssumeRole into our words, with the next step and without
 * anything that AWS wrote except the error's name.
 */
export function translateAssumeRoleError(
  error: unknown,
  facts: AssumeRoleFacts,
): Error {
  if (codeOf(error)) {
    return error as Error;
  }
  const name = awsErrorName(error);
  const { roleArn, partition } = facts;
  if (SKEWED.has(name) || (facts.skewMs ?? 0) > MAX_SKEW_MS) {
    return clockSkewError('AWS STS', facts.skewMs);
  }
  if (DENIED.has(name)) {
    return unavailableError('broker-not-trusted', notTrusted(facts));
  }
  if (POLICY_SIZE.has(name)) {
    return inputError(
      'profile-too-large',
      `AWS cannot pack the policy of this profile together with the session tags for ${roleArn}. Nothing was issued. Ask the platform team to make the profile smaller.`,
    );
  }
  if (name === 'ValidationError' && mentionsDuration(error)) {
    return unavailableError(
      'role-limit',
      `The role ${roleArn} allows only shorter sessions than ${facts.durationSeconds} s. Nothing was issued. Ask the platform team to lower maxSession of the role, or to raise the role's maximum session duration.`,
    );
  }
  if (BROKER_KEYS.has(name)) {
    return unavailableError(
      'aws-unavailable',
      `AWS does not accept the broker's own credentials in the partition ${partition} (${name}). Nothing was issued. Ask the platform team to renew them.`,
    );
  }
  if (REGION_OFF.has(name)) {
    return unavailableError(
      'aws-refused',
      `STS is switched off in the region of this account. Nothing was issued. Ask the account's owner to switch it on, or the platform team to correct the account's region.`,
    );
  }
  return isDown(error, name)
    ? awsUnavailable('STS', name)
    : unavailableError(
        'aws-refused',
        `AWS refused to issue a session of ${roleArn} (${name}). Nothing was issued. Ask the platform team to look at the portal's log.`,
      );
}

/** 503 for a service of AWS that did not answer, or not usefully. */
function awsUnavailable(service: string, name: string): Error {
  return unavailableError(
    'aws-unavailable',
    `AWS ${service} did not answer usefully (${name}). Nothing was issued. Try again in a minute.`,
  );
}

/** 503 for an AssumeRole that may have given credentials which nobody holds. */
export function answerLost(what: string, roleArn: string): Error {
  return unavailableError(
    'aws-unavailable',
    `AWS STS gave no usable answer to the request for a session of ${roleArn} (${what}). Nothing was handed out. What it may have made counts as live until it would end. Try again in a minute.`,
  );
}

function mentionsDuration(error: unknown): boolean {
  return /DurationSeconds/i.test((error as Error).message ?? '');
}

function isDown(error: unknown, name: string): boolean {
  const { $metadata, $response } = error as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  return status === undefined || status >= 500 || THROTTLED.has(name);
}

function notTrusted(facts: AssumeRoleFacts): string {
  const actions = [
    'sts:AssumeRole',
    ...(facts.withSourceIdentity ? ['sts:SetSourceIdentity'] : []),
    ...(facts.withTags ? ['sts:TagSession'] : []),
  ].join(', ');
  const externalId = facts.withExternalId
    ? ' with the external id that is configured for the account'
    : ' (if its trust policy asks for an external id, set it in breakGlass.externalIds)';
  return `The role ${facts.roleArn} does not trust the broker of the account ${
    facts.brokerAccountId
  }, or does not exist. Nothing was issued. Ask the platform team to allow the broker ${actions} in the role's trust policy${externalId}, and in the broker's own policy.${
    facts.withSourceIdentity
      ? " If all of that is there, the broker's own session has a source identity: AWS lets nobody change one, so run the portal without it."
      : ''
  }`;
}
