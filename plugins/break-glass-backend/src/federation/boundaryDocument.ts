import { isDeepStrictEqual } from 'node:util';

/** Most characters, white space aside, that IAM takes in one managed policy. */
export const BOUNDARY_LIMIT = 6_144;

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
  const ids = [...new Set(leaseIds)].sort();
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      ...(ids.length ? [denyOf(ids)] : []),
    ],
  };
  const text = JSON.stringify(document);
  if (text.length > BOUNDARY_LIMIT) {
    throw new BoundaryFullError(ids.length);
  }
  return text;
}

function denyOf(ids: string[]) {
  return {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { StringLike: { 'aws:userid': ids.map(id => `*:*@${id}`) } },
  };
}

/**
 * The leases that a document denies, where it is one that {@link boundaryDocument}
 * writes; undefined where somebody else wrote it.
 *
 * @param document - parsed
 */
export function deniedLeases(document: unknown): string[] | undefined {
  const statements = (document as { Statement?: unknown } | undefined)
    ?.Statement;
  const deny = Array.isArray(statements) ? statements[1] : undefined;
  const users: unknown = deny?.Condition?.StringLike?.['aws:userid'] ?? [];
  const ids = Array.isArray(users)
    ? users.map(user => String(user).slice('*:*@'.length))
    : [];
  const ours: unknown = JSON.parse(boundaryDocument(ids));
  return isDeepStrictEqual(document, ours) ? ids : undefined;
}
