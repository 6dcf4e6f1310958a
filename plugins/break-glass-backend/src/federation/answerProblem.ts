import { MAX_SKEW_MS } from '../leases/clockSkew';
import { MAX_SESSION_SECONDS } from './sessionDuration';
import { AssumeRoleRequest, BrokeredCredentials } from './types';

/** Keys of temporary credentials; `AKIA…` are long-lived keys of users, which never expire. */
const TEMPORARY_KEY = /^ASIA[A-Z0-9]{12,124}$/;

/** The access key id of an answer where it has the form of one; other text there may be a secret. */
export function keyIdOf(answer: BrokeredCredentials): string | undefined {
  const id: unknown = answer?.credentials?.accessKeyId;
  return typeof id === 'string' && TEMPORARY_KEY.test(id) ? id : undefined;
}

/**
 * What is wrong with the answer of a broker, in words without secrets. An answer
 * must be temporary credentials of the role, name and source identity that were
 * asked for, that end in time; by the clock of STS where the broker says it,
 * which is compared with ours elsewhere. Pure.
 *
 * @param now - our clock at the answer, epoch milliseconds
 */
export function answerProblem(
  request: AssumeRoleRequest,
  answer: BrokeredCredentials,
  now: number,
): string | undefined {
  if (keyIdOf(answer) === undefined) {
    return 'its access key id is not one of temporary credentials';
  }
  const { secretAccessKey, sessionToken, expiresAt } = answer.credentials;
  if (!isText(secretAccessKey) || !isText(sessionToken)) {
    return 'its secret key or session token is missing';
  }
  const { serverTime = now, assumedRoleArn, sourceIdentity } = answer;
  const seconds = Math.min(request.durationSeconds, MAX_SESSION_SECONDS);
  // Not-a-number passes neither comparison.
  if (!(expiresAt > serverTime)) {
    return 'its credentials have no end, or one that is past';
  }
  if (!(expiresAt <= serverTime + seconds * 1_000 + MAX_SKEW_MS)) {
    return `its credentials live longer than the ${seconds} s that were asked for`;
  }
  if (
    assumedRoleArn !== undefined &&
    assumedRoleArn !== sessionArnOf(request.roleArn, request.sessionName)
  ) {
    return 'its credentials are of another role or session name';
  }
  if (
    sourceIdentity !== undefined &&
    request.sourceIdentity !== undefined &&
    sourceIdentity !== request.sourceIdentity
  ) {
    return 'its credentials carry another source identity';
  }
  return undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** As STS writes it: without the role's path. */
function sessionArnOf(roleArn: string, sessionName: string): string {
  const [, partition, , , accountId, role] = roleArn.split(':');
  const name = role.slice(role.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${accountId}:assumed-role/${name}/${sessionName}`;
}
