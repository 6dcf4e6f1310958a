import { Millis } from '../database/types';
import { deniedLeases, isOurs } from './boundaryDocument';

/**
 * Longest time from the making of a version until a write of ours that did not
 * know of it: our read comes seconds before our write, and IAM may show a new
 * version to it some minutes late.
 */
const UNREAD: Millis = 15 * 60_000;

/** One version of a boundary policy that IAM still has. */
export interface BoundaryVersion {
  /** Undefined where IAM did not say. */
  createdAt: Millis | undefined;
  /** Parsed; undefined where it could not be read as JSON. */
  document: unknown;
}

/**
 * The leases whose deny a write of ours took out without knowing of it. IAM keeps
 * the versions, and nothing else remembers: neither an attempt that failed after
 * its write, nor a process that died then. IAM does not say who wrote a version,
 * so it is told by what we do:
 *
 * - We write a document only after we followed the one that we replace, and all
 *   that has to stay denied stands in ours. A deny that the next version does not
 *   have, where that has our form, was therefore not read when that was written.
 * - If the next version has another form, its writer took the deny out and meant to.
 * - If the version had stood for longer than our reads can miss, we did read it:
 *   whoever took it out in our form was an operator.
 * - If any later version denies the lease, the deny was noticed, and what came after
 *   was decided knowing of it.
 *
 * An operator who takes out their own deny at once with a document in our form
 * cannot be told from us: the lease is denied again. One who puts an older version
 * in force again is: before our next write the versions after that one are deleted.
 * Pure.
 *
 * @param versions - in the order they were made
 */
export function overwrittenLeases(versions: BoundaryVersion[]): string[] {
  const denied = versions.map(({ document }) => deniedLeases(document));
  const lost = versions.flatMap((version, at) => {
    const next = versions[at + 1];
    if (!next || !isOurs(next.document) || !isSoonAfter(version, next)) {
      return [];
    }
    const later = new Set(denied.slice(at + 1).flat());
    return denied[at].filter(id => !later.has(id));
  });
  return [...new Set(lost)];
}

function isSoonAfter(version: BoundaryVersion, next: BoundaryVersion): boolean {
  return !(next.createdAt! - version.createdAt! > UNREAD);
}
