import { Explanation } from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { BreakGlassConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { allowed, refused } from '../leases/explain';
import { isSamePerson } from './isSamePerson';

/**
 * Whether a person may open a review again that had its verdict, with the reason
 * where not. Reviewers and auditors may; nobody whose own lease it is, under
 * whatever entity (I8). Pure.
 */
export function explainReopen(
  lease: Pick<
    LeaseRow,
    | 'reviewState'
    | 'requester'
    | 'requesterKey'
    | 'beneficiary'
    | 'beneficiaryKey'
  >,
  config: Pick<BreakGlassConfig, 'reviewers' | 'auditors'>,
  person: Person,
): Explanation {
  if (!matches(config.reviewers, person) && !matches(config.auditors, person)) {
    return refused(
      'not-reviewer',
      'Only configured reviewers and auditors can open a review again.',
    );
  }
  const own =
    isSamePerson(person, lease.requester, lease.requesterKey) ||
    isSamePerson(person, lease.beneficiary, lease.beneficiaryKey);
  if (own) {
    return refused(
      'self-review',
      'You cannot open the review of your own lease again.',
    );
  }
  return ['accepted', 'flagged'].includes(lease.reviewState)
    ? allowed
    : refused('not-reopenable', 'This lease has no verdict to take back.');
}
