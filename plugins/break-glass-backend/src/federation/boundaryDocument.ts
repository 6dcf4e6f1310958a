import { isDeepStrictEqual } from 'node:util';

/** Most characters, white space aside, that IAM takes in one managed policy. */
export const BOUNDARY_LIMIT = 6_144;

/** How a lease stands in it. */
const DENIED = /^\*:\*@([0-9A-Z]{26})$/;

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
 * The leases that a document denies everything, whoever wrote it.
 *
 * @param document - parsed
 */
export function deniedLeases(document: unknown): string[] {
  const found = (document as { Statement?: unknown } | undefined)?.Statement;
  const ids = [found].flat().flatMap(statement => {
    const { Effect, Action, Condition } = Object(statement);
    const users: unknown = Condition?.StringLike?.['aws:userid'];
    return Effect === 'Deny' && [Action].flat().includes('*')
      ? [users].flat().flatMap(user => DENIED.exec(String(user))?.[1] ?? [])
      : [];
  });
  return [...new Set(ids)];
}
