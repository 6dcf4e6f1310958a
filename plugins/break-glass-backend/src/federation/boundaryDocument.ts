import { isDeepStrictEqual } from 'node:util';

/** Most characters, white space aside, that IAM takes in one managed policy. */
export const BOUNDARY_LIMIT = 6_144;

/** A lease in a pattern of user ids, as we write it or somebody else does; the form of a ULID. */
const LEASE = /@([0-7][0-9A-HJKMNP-TV-Z]{25})$/;

/** More leases are to be kept out than fit into one boundary policy. */
export class BoundaryFullError extends Error {
  constructor(leases: number) {
    super(
      `The kill policy has no room for ${leases} leases (${BOUNDARY_LIMIT} characters). Live credentials of the newest closed leases are not refused before they expire. End fewer leases at once, or give roles boundaries of their own.`,
    );
    this.name = 'BoundaryFullError';
  }
}

/**
 * The permissions boundary that keeps sessions of these leases out: it allows
 * everything, as a boundary grants nothing, and denies everything to whoever's
 * `aws:userid` ends in one of the lease ids. A pure function of the database:
 * the same leases give the same text, whatever was deployed before.
 *
 * @param leaseIds - ULIDs, in any order, also repeated
 * @throws BoundaryFullError where the document would be too long
 */
export function boundaryDocument(leaseIds: Iterable<string>): string {
  const ids = [...new Set(leaseIds)];
  if (!hasRoom(ids)) {
    throw new BoundaryFullError(ids.length);
  }
  return textOf(ids);
}

/** Whether one policy can hold so many. */
export function hasRoom(leaseIds: string[]): boolean {
  return textOf(leaseIds).length <= BOUNDARY_LIMIT;
}

function textOf(leaseIds: string[]): string {
  const ids = [...new Set(leaseIds)].sort();
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      ...(ids.length ? [denyOf(ids)] : []),
    ],
  });
}

function denyOf(ids: string[]) {
  return {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringLike: { 'aws:userid': ids.map(id => `*:*@${id}`) } },
  };
}

/** Whether a document, parsed, is one that {@link boundaryDocument} writes. */
export function isOurs(document: unknown): boolean {
  const ours = textOf(deniedLeases(document));
  return isDeepStrictEqual(document, JSON.parse(ours));
}

/**
 * The leases that a document denies everything, in exactly the words that keep
 * them out.
 *
 * @param document - parsed
 */
export function killedLeases(document: unknown): string[] {
  return statementsOf(document).flatMap(({ Sid, ...statement }) => {
    const ids = leasesIn(statement);
    return isDeepStrictEqual(statement, denyOf(ids)) ? ids : [];
  });
}

/**
 * The leases that a document denies something, in whatever words: what somebody
 * wrote in a hurry counts as meant.
 *
 * @param document - parsed
 */
export function deniedLeases(document: unknown): string[] {
  return [...new Set(statementsOf(document).flatMap(leasesIn))];
}

/** Whether it denies something that names no lease: nothing of ours. */
export function hasOtherDenies(document: unknown): boolean {
  return statementsOf(document).some(
    statement =>
      statement.Effect === 'Deny' && leasesIn(statement).length === 0,
  );
}

function statementsOf(document: unknown): Record<string, any>[] {
  const found = (document as { Statement?: unknown } | undefined)?.Statement;
  return [found].flat().map(Object);
}

/** Keys of conditions are the same in any case, for IAM. */
function leasesIn({ Effect, Condition }: Record<string, any>): string[] {
  const keys = Object.values(Object(Condition)).map(Object);
  const users = keys.flatMap(key =>
    Object.entries(key)
      .filter(([name]) => name.toLowerCase() === 'aws:userid')
      .flatMap(([, value]) => [value].flat()),
  );
  return Effect === 'Deny'
    ? users.flatMap(user => LEASE.exec(String(user))?.[1] ?? [])
    : [];
}
