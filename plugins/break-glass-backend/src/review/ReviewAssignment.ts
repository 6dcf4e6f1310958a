import { Person } from '../accounts/types';
import { LeaseRow, Stores } from '../database/types';
import { conflictError } from '../errors';
import { allDecisions } from '../leases/allDecisions';
import { attempt, Caller, personOf } from '../leases/dependencies';
import { leasePath } from '../leases/notices';
import { changedMeanwhile } from './changedMeanwhile';
import { ReviewDependencies, ReviewRules } from './ReviewRules';

/** Who has taken a review on. It is a promise, no lock: any other reviewer may still give the verdict. */
export class ReviewAssignment {
  constructor(
    private readonly deps: ReviewDependencies,
    private readonly rules: ReviewRules,
  ) {}

  /**
   * Gives a review to a reviewer, oneself or another, or back to the queue.
   * @throws NotAllowedError as for a verdict, by the caller.
   * @throws ConflictError `reviewer-unsuitable` where the one named may not review this lease; `not-in-review`, `conflict`
   */
  async assign(
    caller: Caller,
    leaseId: string,
    reviewer: string | undefined,
  ): Promise<void> {
    const what = {
      actor: caller.ref,
      action: 'review.assign',
      leaseId,
      details: { reviewer },
    };
    await attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      const target = reviewer ? await this.target(reviewer) : undefined;
      await this.deps.database.transaction(stores =>
        this.write(stores, leaseId, person, target),
      );
      this.deps.wake();
    });
  }

  private async target(ref: string): Promise<Person> {
    const target = await this.deps.people.find(ref);
    if (!target) {
      throw unsuitable(`${ref} is not a person that break glass trusts`);
    }
    return target;
  }

  private async write(
    stores: Stores,
    leaseId: string,
    person: Person,
    target: Person | undefined,
  ) {
    const lease = await this.rules.reviewable(stores, leaseId, person);
    if (target) {
      const decisions = await allDecisions(stores, leaseId);
      const { reasons } = this.rules.explain(lease, decisions, target);
      if (reasons.length) {
        throw unsuitable(`${target.displayName} may not review this lease`);
      }
    }
    const now = this.deps.clock.now();
    const moved = await stores.leases.update(lease.id, lease.version, {
      reviewer: target?.ref,
    });
    if (!moved) {
      throw changedMeanwhile();
    }
    await this.deps.audit.record(stores, {
      at: now,
      actor: person.ref,
      action: 'review.assign',
      outcome: 'done',
      leaseId,
      accountRef: lease.accountRef,
      details: { reviewer: target?.ref, before: lease.reviewer },
    });
    await stores.outbox.enqueue(messages(lease, person, target), now);
  }
}

function unsuitable(why: string) {
  return conflictError(
    'reviewer-unsuitable',
    `${why}. Choose another reviewer.`,
  );
}

function messages(lease: LeaseRow, person: Person, target: Person | undefined) {
  const signal = { kind: 'signal' as const, leaseId: lease.id };
  if (!target || target.ref === person.ref) {
    return [signal];
  }
  return [
    {
      kind: 'notification' as const,
      recipients: [target.ref],
      title: `${person.displayName} gave you a review`,
      description: `${lease.roleTitle} on ${lease.accountTitle}, with ${lease.profileTitle}.`,
      link: leasePath(lease.id),
      severity: 'normal' as const,
      topic: 'break-glass',
      scope: `break-glass:${lease.id}:review-assigned`,
    },
    signal,
  ];
}
