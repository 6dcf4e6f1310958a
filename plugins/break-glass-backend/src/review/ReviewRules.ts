import { Explanation } from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { DecisionRow, LeaseRow, Stores } from '../database/types';
import { conflictError, notAllowedError } from '../errors';
import { allDecisions } from '../leases/allDecisions';
import { LeaseDependencies } from '../leases/dependencies';
import { leaseUnknown } from '../leases/leaseUnknown';
import { explainReview } from './explainReview';

/** What reviewing needs. */
export type ReviewDependencies = Pick<
  LeaseDependencies,
  'config' | 'database' | 'audit' | 'people' | 'clock' | 'ids' | 'wake'
>;

/** The rule on who may review, with the configured people filled in. */
export class ReviewRules {
  constructor(private readonly deps: Pick<ReviewDependencies, 'config'>) {}

  /** Whether a person may review a lease now, with the reason where not. */
  explain(
    lease: LeaseRow,
    decisions: DecisionRow[],
    person: Person,
  ): Explanation {
    const { reviewers, review } = this.deps.config;
    return explainReview(
      {
        lease,
        decisions,
        isReviewer: matches(reviewers, person),
        approverMayReview: review.approverMayReview,
      },
      person,
    );
  }

  /**
   * A lease that a person may review, read in the caller's transaction.
   * @throws NotFoundError `lease-unknown`
   * @throws NotAllowedError `not-reviewer`, `self-review`, `approver-review`
   * @throws ConflictError `not-in-review`
   */
  async reviewable(
    stores: Stores,
    leaseId: string,
    person: Person,
  ): Promise<LeaseRow> {
    const lease = await stores.leases.get(leaseId);
    if (!lease) {
      throw leaseUnknown(leaseId);
    }
    const decisions = await allDecisions(stores, leaseId);
    const [reason] = this.explain(lease, decisions, person).reasons;
    if (reason) {
      throw reason.code === 'not-in-review'
        ? conflictError('not-in-review', reason.message)
        : notAllowedError(reason.code as never, reason.message);
    }
    return lease;
  }
}
