import { Explanation } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { DecisionRow, LeaseRow } from '../database/types';
import { allowed, refused } from '../leases/explain';
import { isSamePerson } from './isSamePerson';

/** All that decides on who may review a lease. */
export interface ReviewFacts {
  lease: Pick<
    LeaseRow,
    | 'requesterKey'
    | 'beneficiaryKey'
    | 'reviewState'
    | 'requester'
    | 'beneficiary'
  >;
  decisions: Array<Pick<DecisionRow, 'person' | 'personKey'>>;
  /** Whether the person is among the configured reviewers now. */
  isReviewer: boolean;
  /** Whether an approver of the lease may review it. */
  approverMayReview: boolean;
}

/**
 * Whether a person may give a verdict on a lease, with the reason where not
 * (I8). The one rule that enforcement and pages share. Pure.
 */
export function explainReview(
  facts: ReviewFacts,
  person: Pick<Person, 'ref' | 'key' | 'against'>,
): Explanation {
  const { lease, decisions } = facts;
  const isSame = (ref?: string, key?: string) => isSamePerson(person, ref, key);
  if (isSame(lease.requester, lease.requesterKey)) {
    return refused('self-review', 'You cannot review your own lease.');
  }
  if (isSame(lease.beneficiary, lease.beneficiaryKey)) {
    return refused(
      'self-review',
      'This lease was requested for you: somebody else has to review it.',
    );
  }
  if (!facts.isReviewer) {
    return refused('not-reviewer', 'Only configured reviewers can review.');
  }
  if (
    !facts.approverMayReview &&
    decisions.some(each => isSame(each.person, each.personKey))
  ) {
    return refused(
      'approver-review',
      'You decided on this request: somebody else has to review it.',
    );
  }
  return explainState(lease);
}

function explainState({ reviewState }: ReviewFacts['lease']): Explanation {
  switch (reviewState) {
    case 'collecting':
    case 'open':
      return allowed;
    case 'none':
      return refused(
        'not-in-review',
        'This lease is not in review: access has not ended, or never began.',
      );
    default:
      return refused('not-in-review', `This lease was ${reviewState} already.`);
  }
}
