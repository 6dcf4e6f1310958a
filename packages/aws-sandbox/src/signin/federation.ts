import { AwsError } from '../AwsError';
import { RoleSession } from '../world/entities';
import { World } from '../world/World';
import { sameSecret } from '../wire/signature';

const DURATION = { min: 900, max: 43_200 };

function badRequest(message: string): AwsError {
  return new AwsError('BadRequest', message, 400);
}

function parseSession(text: string | null): Record<string, unknown> {
  try {
    const json = JSON.parse(text ?? '');
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // Falls through to the refusal: the text holds secrets and must not be repeated.
  }
  throw badRequest('Session must be a JSON object');
}

/**
 * The role session that a `Session` parameter proves to hold.
 * @throws AwsError 400 for keys that are unknown, long-term, wrong or expired, all with the same words
 */
export function sessionOf(text: string | null, world: World): RoleSession {
  const { sessionId, sessionKey, sessionToken } = parseSession(text);
  const credential = world.credential(String(sessionId));
  const valid =
    credential?.kind === 'session' &&
    sameSecret(String(sessionKey), credential.secretAccessKey) &&
    sameSecret(String(sessionToken), credential.sessionToken) &&
    world.clock.now() < credential.expiresAt;
  if (!valid) {
    throw badRequest('The credentials of the session are not valid');
  }
  return credential;
}

/**
 * When the console session ends: with the credentials, or after `SessionDuration`.
 * @throws AwsError 400 for a duration with chained credentials, out of 900–43,200, or past the role's maximum
 */
export function consoleEnd(
  session: RoleSession,
  duration: string | null,
  now: number,
): number {
  if (duration === null) return session.expiresAt;
  if (session.chained) {
    throw badRequest(
      'SessionDuration must not be given for credentials that came from role chaining',
    );
  }
  const seconds = /^\d{1,6}$/.test(duration) ? Number(duration) : NaN;
  const max = Math.min(DURATION.max, session.role.maxSessionDuration);
  if (!(seconds >= DURATION.min && seconds <= max)) {
    throw badRequest(
      `SessionDuration must be from ${DURATION.min} to ${max} seconds`,
    );
  }
  return now + seconds * 1000;
}
