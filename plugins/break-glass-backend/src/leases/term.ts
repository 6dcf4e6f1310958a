import { Term } from 'backstage-plugin-break-glass-common';
import { LeaseRow } from '../database/types';

/** Whether a term that came back from a page is the one of the lease, compared as numbers (I11). */
export function sameTerm(
  term: Term,
  row: Pick<LeaseRow, 'startAt' | 'durationMinutes'>,
): boolean {
  const startAt =
    term.startAt === undefined ? undefined : Date.parse(term.startAt);
  return (
    startAt === row.startAt && term.durationMinutes === row.durationMinutes
  );
}
