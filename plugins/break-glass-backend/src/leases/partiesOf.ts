import { Identity } from '../accounts/humans';
import { Person } from '../accounts/types';
import { LeaseRow } from '../database/types';

/** People by ref, as the catalog knows them now; who is not there is nobody. */
export type KnownPeople = ReadonlyMap<string, Person | undefined>;

/** Whose decision on a lease never counts, with what the catalog says of them now. */
export function partiesOf(
  row: Pick<
    LeaseRow,
    'requester' | 'requesterKey' | 'beneficiary' | 'beneficiaryKey'
  >,
  known: KnownPeople = new Map(),
): { requester: Identity; beneficiary?: Identity } {
  const identity = (ref: string, key = ref) => ({
    ...known.get(ref),
    ref,
    key,
  });
  return {
    requester: identity(row.requester, row.requesterKey),
    beneficiary: row.beneficiary
      ? identity(row.beneficiary, row.beneficiaryKey)
      : undefined,
  };
}
