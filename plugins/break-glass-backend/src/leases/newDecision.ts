import { DecisionRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { DecisionRow, LeaseRow } from '../database/types';

/** The record of a decision: who, on which step, and on which scope and term. */
export function newDecision(
  row: LeaseRow,
  person: Person,
  request: DecisionRequest,
  {
    before,
    ...on
  }: Pick<DecisionRow, 'id' | 'stepId' | 'durationMinutes' | 'decidedAt'> & {
    /** Those made before, on the same lease or extension. */
    before: DecisionRow[];
  },
): DecisionRow {
  return {
    ...on,
    leaseId: row.id,
    person: person.ref,
    personKey: person.key,
    verdict: request.verdict,
    comment: request.comment || undefined,
    scopeHash: row.scopeHash,
    startAt: row.startAt,
    ordinal: before.length + 1,
  };
}
