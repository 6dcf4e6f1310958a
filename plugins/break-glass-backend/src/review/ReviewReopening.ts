import { sealed } from '../activity';
import { EvidenceRow, LeaseRow, Stores } from '../database/types';
import { conflictError, notAllowedError } from '../errors';
import { attempt, Caller, personOf } from '../leases/dependencies';
import { leaseUnknown } from '../leases/leaseUnknown';
import { leasePath } from '../leases/notices';
import { changedMeanwhile } from './changedMeanwhile';
import { explainReopen } from './explainReopen';
import { ReviewDependencies } from './ReviewRules';

const MINUTE = 60_000;

/** Takes a verdict back, so that a lease is looked at again. The verdict itself stays on record. */
export class ReviewReopening {
  constructor(private readonly deps: ReviewDependencies) {}

  /**
   * Opens a review again: the logs are looked at anew, and a new verdict is due.
   * @throws NotAllowedError `not-reviewer`, `self-review`
   * @throws ConflictError `not-reopenable`, `conflict`
   */
  async reopen(
    caller: Caller,
    leaseId: string,
    comment: string,
  ): Promise<void> {
    const what = { actor: caller.ref, action: 'review.reopened', leaseId };
    await attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      await this.deps.database.transaction(async stores => {
        const lease = await stores.leases.get(leaseId);
        if (!lease) {
          throw leaseUnknown(leaseId);
        }
        const [reason] = explainReopen(lease, this.deps.config, person).reasons;
        if (reason) {
          throw reason.code === 'not-reopenable'
            ? conflictError('not-reopenable', reason.message)
            : notAllowedError(reason.code as never, reason.message);
        }
        await this.write(stores, lease, person.ref, comment);
      });
      this.deps.wake();
    });
  }

  private async write(
    stores: Stores,
    lease: LeaseRow,
    actor: string,
    comment: string,
  ) {
    const { audit, clock, config } = this.deps;
    const now = clock.now();
    const evidence = await stores.evidence.get(lease.id);
    const moved = await stores.leases.update(lease.id, lease.version, {
      reviewState: 'collecting',
      reviewDueAt: now + config.review.dueMinutes * MINUTE,
      collectDueAt: now,
      reviewRemindedAt: undefined,
      reviewEscalatedAt: undefined,
    });
    if (!moved) {
      throw changedMeanwhile();
    }
    await askAnew(stores, evidence);
    await audit.record(stores, {
      at: now,
      actor,
      action: 'review.reopened',
      outcome: 'done',
      leaseId: lease.id,
      accountRef: lease.accountRef,
      details: {
        comment,
        before: lease.reviewState,
        evidenceHash: evidence?.hash,
      },
    });
    await stores.outbox.enqueue(messages(lease), now);
  }
}

/**
 * Lets evidence change again. What a verdict rested on counts as complete no
 * more, until a look that began after this has said so (I7).
 */
async function askAnew(
  stores: Stores,
  evidence: EvidenceRow | undefined,
): Promise<void> {
  if (!evidence) {
    return;
  }
  const { leaseId, lastLookAt } = evidence;
  await stores.evidence.unfreeze(leaseId);
  const sessions = await stores.sessions.ofLeases([leaseId]);
  const anew: EvidenceRow = {
    ...evidence,
    frozenAt: undefined,
    state: 'collecting',
    words: 'The review was opened again: the logs have to be looked at anew.',
    // A look that began before has another one's token, and writes nothing.
    lastLookAt: lastLookAt + 1,
  };
  if (!(await stores.evidence.put(await sealed(stores, anew, sessions)))) {
    throw changedMeanwhile();
  }
}

function messages(lease: LeaseRow) {
  return [
    {
      kind: 'notification' as const,
      recipients: [lease.requester],
      title: `The review of your lease on ${lease.accountTitle} was opened again`,
      description: 'Open the lease to read why.',
      link: leasePath(lease.id),
      severity: 'normal' as const,
      topic: 'break-glass',
      scope: `break-glass:${lease.id}:review`,
    },
    { kind: 'signal' as const, leaseId: lease.id },
    { kind: 'collect' as const, leaseId: lease.id },
  ];
}
