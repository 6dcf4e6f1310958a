import { Explanation } from 'backstage-plugin-break-glass-common';
import {
  LeaseRow,
  PanicRow,
  PanicScope,
  Stoppable,
  Stores,
} from '../../database/types';
import { notAllowedError } from '../../errors';
import { allowed, refused } from '../explain';

/**
 * Whom and what a lease is about, with others who take part in the action, and
 * what the catalog says of any of them: other entities of theirs.
 */
export function panicScope(
  row: Pick<
    LeaseRow,
    | 'requester'
    | 'requesterKey'
    | 'beneficiary'
    | 'beneficiaryKey'
    | 'accountId'
  >,
  others: Stoppable[] = [],
): PanicScope {
  const { requester, requesterKey, beneficiary, beneficiaryKey } = row;
  return {
    accountId: row.accountId,
    people: [
      { ref: requester, key: requesterKey },
      ...(beneficiary
        ? [{ ref: beneficiary, key: beneficiaryKey ?? beneficiary }]
        : []),
      ...others,
    ],
  };
}

/** Whether responders let it go on. The one rule of requests, approvals, issuing and pages. */
export async function explainStop(
  stores: Pick<Stores, 'panics'>,
  scope: PanicScope,
): Promise<Explanation> {
  const [panic] = await stores.panics.inForce(scope);
  return panic ? refused('stopped-by-panic', stopWords(panic)) : allowed;
}

/**
 * The same as an error, for looking inside the transaction that writes.
 * @throws NotAllowedError `stopped-by-panic`
 */
export async function refuseStopped(
  stores: Pick<Stores, 'panics'>,
  scope: PanicScope,
): Promise<void> {
  const problem = await stopProblem(stores, scope);
  if (problem) {
    throw problem;
  }
}

/** The same as an error that is not thrown; undefined where nothing is stopped. */
export async function stopProblem(
  stores: Pick<Stores, 'panics'>,
  scope: PanicScope,
): Promise<Error | undefined> {
  const { reasons } = await explainStop(stores, scope);
  return reasons.length === 0
    ? undefined
    : notAllowedError('stopped-by-panic', reasons[0].message);
}

function stopWords({ kind, title }: PanicRow): string {
  const what = {
    all: 'all access',
    person: `all access of ${title}`,
    account: `all access to ${title}`,
  }[kind];
  return `Incident responders stopped ${what}. Nothing is issued or approved until two of them lift it; ask them under Break Glass, or through your incident channel.`;
}
