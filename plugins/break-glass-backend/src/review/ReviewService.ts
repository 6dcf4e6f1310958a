import {
  Explanation,
  ReviewRequest,
} from 'backstage-plugin-break-glass-common';
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
import { conflictError } from '../errors';
import { attempt, Caller, personOf } from '../leases/dependencies';
import { assertBulk } from './assertBulk';
import { changedMeanwhile } from './changedMeanwhile';
import { explainReopen } from './explainReopen';
import { assertFollowUps, followUpRows } from './followUps';
import { knownRefs } from './knownRefs';
import { reviewMessages } from './reviewMessages';
import { ReviewDependencies, ReviewRules } from './ReviewRules';

/** A lease as a person who looks at it has it. */
interface Looked {
  person: Person;
  row: LeaseRow;
  decisions: DecisionRow[];
}

/** Verdicts of a second person on the evidence of leases. */
export class ReviewService {
  constructor(
    private readonly deps: ReviewDependencies,
    private readonly rules = new ReviewRules(deps),
  ) {}

  /** Whether a person may review a lease, or take its review on, for its page. */
  async explain({ row, decisions, person }: Looked): Promise<Explanation> {
    return this.rules.explain(row, decisions, person);
  }

  /** Whether a person may open a review again, for its page. */
  async explainReopen({ row, person }: Looked): Promise<Explanation> {
    return explainReopen(row, this.deps.config, person);
  }

  /**
   * Gives a verdict: freezes the evidence that was on the page, with the review,
   * its audit entry and what others are told, in one transaction.
   * @throws NotAllowedError `not-reviewer`, `self-review`, `approver-review`
   * @throws ConflictError `not-in-review`, `evidence-changed`, `evidence-incomplete`, `residue-open`, `conflict`
   * @throws InputError `invalid-input` where a follow-up lacks something.
   */
  async review(
    caller: Caller,
    leaseId: string,
    request: ReviewRequest,
    options: { bulk?: boolean } = {},
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
      await assertFollowUps(request, knownRefs(this.deps.people), now);
      const review = await database.transaction(async stores => {
        const lease = await this.rules.reviewable(stores, leaseId, person);
        const evidence = await presentEvidence(
          stores,
          lease,
          config.review,
          now,
        );
        if (options.bulk) {
          await assertBulk(stores, lease);
        }
        await assertUnchanged(stores, evidence, request);
        await assertNothingLeft(stores, leaseId, request);
        const row = reviewRow(id, person, evidence, request, now);
        await this.write(stores, lease, evidence, row);
        return row;
      });
      this.deps.wake();
      return review;
    });
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
      throw changedMeanwhile();
    }
    await stores.reviews.insert(review);
    await stores.followUps.insert(
      followUpRows(this.deps.ids, {
        ...review,
        accountTitle: lease.accountTitle,
      }),
    );
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

/**
 * What a lease left behind is removed or justified before it is accepted (I14).
 * The items themselves are asked, not a count that was kept of them.
 */
async function assertNothingLeft(
  stores: Stores,
  leaseId: string,
  { verdict }: ReviewRequest,
): Promise<void> {
  if (verdict !== 'accepted') {
    return;
  }
  const items = await stores.residue.ofLease(leaseId);
  const open = items.filter(({ state }) => state === 'open');
  if (open.length) {
    throw conflictError(
      'residue-open',
      `This lease left ${open.length} ${
        open.length === 1 ? 'thing' : 'things'
      } behind: ${open[0].what}${
        open.length === 1 ? '' : ', and more'
      }. Say of each that it was removed, or why it may stay.`,
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
