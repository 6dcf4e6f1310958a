import {
  Explanation,
  ReviewRequest,
} from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { presentEvidence, sealed } from '../activity';
import {
  DecisionRow,
  EvidenceRow,
  LeaseRow,
  Millis,
  ReviewRow,
  Stores,
} from '../database/types';
import { conflictError, notAllowedError } from '../errors';
import {
  attempt,
  Caller,
  LeaseDependencies,
  personOf,
} from '../leases/dependencies';
import { leaseUnknown } from '../leases/leaseUnknown';
import { explainReopen } from './explainReopen';
import { explainReview } from './explainReview';
import { reviewMessages } from './reviewMessages';

/** What reviewing needs. */
export type ReviewDependencies = Pick<
  LeaseDependencies,
  'config' | 'database' | 'audit' | 'people' | 'clock' | 'ids' | 'wake'
>;

/** Verdicts of a second person on the evidence of leases. */
export class ReviewService {
  constructor(private readonly deps: ReviewDependencies) {}

  /** Whether a person may review a lease, for its page. */
  async explain(facts: {
    person: Person;
    row: LeaseRow;
    decisions: DecisionRow[];
  }): Promise<Explanation> {
    return this.explainNow(facts.row, facts.decisions, facts.person);
  }

  /** Whether a person may take the review of a lease on, or give it to somebody, for its page. */
  async explainAssign(facts: {
    person: Person;
    row: LeaseRow;
    decisions: DecisionRow[];
  }): Promise<Explanation> {
    return this.explainNow(facts.row, facts.decisions, facts.person);
  }

  /** Whether a person may open a review again, for its page. */
  async explainReopen(facts: {
    person: Person;
    row: LeaseRow;
    decisions: DecisionRow[];
  }): Promise<Explanation> {
    return explainReopen(facts.row, this.deps.config, facts.person);
  }

  /**
   * Gives a verdict: freezes the evidence that was on the page, with the review,
   * its audit entry and what others are told, in one transaction.
   * @throws NotAllowedError `not-reviewer`, `self-review`, `approver-review`
   * @throws ConflictError `not-in-review`, `evidence-changed`, `evidence-incomplete`, `conflict`
   */
  async review(
    caller: Caller,
    leaseId: string,
    request: ReviewRequest,
  ): Promise<ReviewRow> {
    const { config, database } = this.deps;
    const what = {
      actor: caller.ref,
      action: `review.${request.verdict}`,
      leaseId,
      details: { evidenceHash: request.evidenceHash },
    };
    return attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      const id = this.deps.ids.next();
      const now = this.deps.clock.now();
      const review = await database.transaction(async stores => {
        const lease = await this.reviewable(stores, leaseId, person);
        const evidence = await presentEvidence(
          stores,
          lease,
          config.review,
          now,
        );
        await assertUnchanged(stores, evidence, request);
        const row = reviewRow(id, person, evidence, request, now);
        await this.write(stores, lease, evidence, row);
        return row;
      });
      this.deps.wake();
      return review;
    });
  }

  private explainNow(
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

  private async reviewable(
    stores: Stores,
    leaseId: string,
    person: Person,
  ): Promise<LeaseRow> {
    const lease = await stores.leases.get(leaseId);
    if (!lease) {
      throw leaseUnknown(leaseId);
    }
    const decisions = await stores.decisions.ofLeases([leaseId]);
    const [reason] = this.explainNow(lease, decisions, person).reasons;
    if (reason) {
      throw reason.code === 'not-in-review'
        ? conflictError('not-in-review', reason.message)
        : notAllowedError(reason.code as never, reason.message);
    }
    return lease;
  }

  private async write(
    stores: Stores,
    lease: LeaseRow,
    evidence: EvidenceRow,
    review: ReviewRow,
  ): Promise<void> {
    const moved = await stores.leases.update(lease.id, lease.version, {
      reviewState: review.verdict,
      collectDueAt: undefined,
    });
    const frozen =
      moved &&
      (await stores.evidence.put({
        ...evidence,
        nextLookAt: undefined,
        frozenAt: review.at,
      }));
    if (!frozen) {
      throw conflictError(
        'conflict',
        'Somebody else changed this lease at the same moment. Reload the page and look again.',
      );
    }
    await stores.reviews.insert(review);
    await this.deps.audit.record(stores, auditEntry(lease, evidence, review));
    await stores.outbox.enqueue(reviewMessages(lease, review), review.at);
  }
}

/**
 * The evidence must be what was on the page, and what the database holds: also
 * where rows were changed behind our back.
 */
async function assertUnchanged(
  stores: Stores,
  evidence: EvidenceRow,
  request: ReviewRequest,
): Promise<void> {
  if (evidence.hash !== request.evidenceHash) {
    throw conflictError(
      'evidence-changed',
      'More was found in the logs since you opened this page. Reload it and look at the evidence again.',
    );
  }
  const sessions = await stores.sessions.ofLeases([evidence.leaseId]);
  const { hash } = await sealed(stores, evidence, sessions);
  if (hash !== evidence.hash) {
    throw conflictError(
      'evidence-changed',
      'The stored evidence is not what was collected. Look again now; if this stays, tell the security team.',
    );
  }
  const accepts = request.verdict === 'accepted';
  if (accepts && evidence.state !== 'complete' && !request.override) {
    throw conflictError(
      'evidence-incomplete',
      `The evidence is incomplete: ${evidence.words} Wait for it, or say why you accept without it.`,
    );
  }
}

function reviewRow(
  id: string,
  person: Person,
  evidence: EvidenceRow,
  request: ReviewRequest,
  at: Millis,
): ReviewRow {
  return {
    id,
    leaseId: evidence.leaseId,
    reviewer: person.ref,
    verdict: request.verdict,
    comment: request.comment,
    checklist: request.checklist,
    followUps: request.followUps,
    evidenceHash: evidence.hash,
    // Complete evidence needs none: an unasked reason would look like a gap.
    override: evidence.state === 'complete' ? undefined : request.override,
    at,
  };
}

function auditEntry(lease: LeaseRow, evidence: EvidenceRow, review: ReviewRow) {
  return {
    at: review.at,
    actor: review.reviewer,
    action: `review.${review.verdict}`,
    outcome: 'done' as const,
    leaseId: lease.id,
    accountRef: lease.accountRef,
    details: {
      reviewId: review.id,
      evidenceHash: evidence.hash,
      evidence: evidence.state,
      events: evidence.eventCount,
      followUps: review.followUps.length,
      ...(review.override && { override: review.override }),
    },
  };
}
