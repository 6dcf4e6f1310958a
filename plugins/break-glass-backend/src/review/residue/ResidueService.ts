import {
  ResidueDecision,
  ResidueItem,
} from 'backstage-plugin-break-glass-common';
import { presentEvidence } from '../../activity';
import { residueItem } from '../../activity/residue';
import { Person } from '../../accounts/types';
import { LeaseRow, ResidueRow, Stores } from '../../database/types';
import { conflictError, notFoundError } from '../../errors';
import { attempt, Caller, personOf } from '../../leases/dependencies';
import { changedMeanwhile } from '../changedMeanwhile';
import { ReviewDependencies, ReviewRules } from '../ReviewRules';

const ACTION = 'residue.decide';

/** Decisions of reviewers on what a lease left behind (I14). */
export class ResidueService {
  constructor(
    private readonly deps: ReviewDependencies,
    private readonly rules: ReviewRules,
  ) {}

  /**
   * Says that an item was removed since, or why it may stay. Whoever may give
   * the verdict may, and only before the verdict; a later decision takes the
   * place of an earlier one, and the audit log has both.
   * @throws NotFoundError `lease-unknown`, `residue-unknown`
   * @throws NotAllowedError `not-reviewer`, `self-review`, `approver-review`
   * @throws ConflictError `not-in-review`, `conflict`
   */
  async decide(
    caller: Caller,
    leaseId: string,
    key: string,
    decision: ResidueDecision,
  ): Promise<ResidueItem> {
    const what = {
      actor: caller.ref,
      action: ACTION,
      leaseId,
      details: { key, state: decision.state },
    };
    return attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      const row = await this.deps.database.transaction(async stores => {
        const lease = await this.rules.reviewable(stores, leaseId, person);
        return this.write(stores, lease, person, { key, ...decision });
      });
      this.deps.wake();
      return residueItem(row);
    });
  }

  private async write(
    stores: Stores,
    lease: LeaseRow,
    person: Person,
    { key, state, comment }: ResidueDecision & { key: string },
  ): Promise<ResidueRow> {
    const at = this.deps.clock.now();
    // A verdict at the same moment goes by what is decided here, or the other way round.
    if (!(await stores.leases.update(lease.id, lease.version, {}))) {
      throw changedMeanwhile();
    }
    const before = await itemOf(stores, lease.id, key);
    const decided = { state, comment, decidedBy: person.ref, decidedAt: at };
    if (!(await stores.residue.decide(lease.id, key, decided))) {
      throw gone(before);
    }
    await this.count(stores, lease);
    await this.deps.audit.record(stores, {
      at,
      actor: person.ref,
      action: ACTION,
      outcome: 'done',
      leaseId: lease.id,
      accountRef: lease.accountRef,
      details: {
        ...{ key, state, comment },
        ...{ kind: before.kind, what: before.what, eventId: before.eventId },
        before: before.state,
      },
    });
    await stores.outbox.enqueue([{ kind: 'signal', leaseId: lease.id }], at);
    return { ...before, ...decided };
  }

  /** Lists show how much is open; evidence that is frozen refuses the decision with it. */
  private async count(stores: Stores, lease: LeaseRow): Promise<void> {
    const { config, clock } = this.deps;
    const { review } = config;
    const evidence = await presentEvidence(stores, lease, review, clock.now());
    const rows = await stores.residue.ofLease(lease.id);
    const residueOpen = rows.filter(({ state }) => state === 'open').length;
    if (!(await stores.evidence.put({ ...evidence, residueOpen }))) {
      throw changedMeanwhile();
    }
  }
}

async function itemOf(
  stores: Stores,
  leaseId: string,
  key: string,
): Promise<ResidueRow> {
  const rows = await stores.residue.ofLease(leaseId);
  const row = rows.find(each => each.key === key);
  if (!row) {
    throw notFoundError(
      'residue-unknown',
      `Lease ${leaseId} left nothing behind under this key. Reload the page.`,
    );
  }
  return row;
}

function gone({ what }: ResidueRow) {
  return conflictError(
    'conflict',
    `${what} was removed under the lease itself: there is nothing to decide. Reload the page.`,
  );
}
