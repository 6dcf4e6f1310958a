import { inputError } from '../errors';

/** Longest role session name and source identity that STS takes. */
const MAX_LENGTH = 64;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** No entity name can hold `=`, so neither is ever mistaken for a person. */
const PROBE_NAME = 'kill=probe';
const CHECK_NAME = 'broker=check';

/**
 * Role session name and source identity of a person's sessions:
 * `<user name, cut to fit>@<ULID>`. Under a lease the ULID is the lease's, so
 * that it stands in every event of every session of it; under a standing role
 * it is the session's.
 *
 * @param userRef - canonical user entity ref
 * @param id - ULID of the lease, or of the standing session
 */
export function sessionName(userRef: string, id: string): string {
  const name = userRef.slice(userRef.lastIndexOf('/') + 1);
  return named(name.replace(/[^\w+=,.@-]/g, '-') || 'user', id);
}

/**
 * Session name of the broker's own probe of a killed lease. Its `aws:userid`
 * ends like that of the lease's sessions, so the kill policy must refuse it too.
 */
export function probeSessionName(leaseId: string): string {
  return named(PROBE_NAME, leaseId);
}

/** Session name of the broker's own sessions in a check of all accounts. */
export function checkSessionName(checkId: string): string {
  return named(CHECK_NAME, checkId);
}

function named(name: string, id: string): string {
  if (!ULID.test(id)) {
    throw inputError('invalid-input', `${id} is not a ULID.`);
  }
  return `${name.slice(0, MAX_LENGTH - id.length - 1)}@${id}`;
}
