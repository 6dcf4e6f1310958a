import { LeaseRow } from '../database/types';

/** Whose a lease is: refs of the requester, and of whom it is for. */
export function peopleOf({
  requester,
  beneficiary,
}: Pick<LeaseRow, 'requester' | 'beneficiary'>): string[] {
  return [requester, ...(beneficiary ? [beneficiary] : [])];
}
