import {
  LeaseSummary,
  Understanding,
} from 'backstage-plugin-break-glass-common';

/** How many things that the lease left behind nobody removed or justified yet (I14). */
export function openResidue(
  lease: LeaseSummary,
  understanding: Understanding | undefined,
): number {
  return understanding
    ? understanding.residue.filter(({ state }) => state === 'open').length
    : lease.review.risk?.residueOpen ?? 0;
}
