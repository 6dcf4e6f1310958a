import {
  ApprovalCondition,
  ConditionQuestion,
} from 'backstage-plugin-break-glass-node';
import { People } from '../../accounts/types';
import { DecisionRow, LeaseRow, Stores } from '../../database/types';
import { codeOf } from '../../errors';
import { decisionContext } from '../decisionContext';
import { LeaseDependencies } from '../dependencies';
import { apply, statusAt } from '../lifecycle';
import { notices } from '../notices';
import { panicScope, refuseStopped } from '../panic/stop';

/** A condition that takes longer than this, in milliseconds, does not hold. */
const PATIENCE = 10_000;

/** One condition, looked at. */
interface Found {
  id: string;
  holds: boolean;
  words: string;
  facts: Record<string, string | number | boolean>;
}

/**
 * Approves requests without people, where both the policy that is frozen in the
 * scope and the one in force allow it and all their conditions hold. Whatever
 * fails, or takes too long, leaves the request to people (I1).
 */
export class AutomaticApproval {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly conditions: ApprovalCondition[],
  ) {}

  /** Looks at a request once, right after it was made. Never throws. */
  async consider(leaseId: string): Promise<void> {
    try {
      await this.look(leaseId);
    } catch (error) {
      await this.deps.audit.refuse({
        at: this.deps.clock.now(),
        actor: 'system',
        action: 'lease.automatic',
        leaseId,
        code: codeOf(error),
        details: {},
      });
    }
  }

  private async look(leaseId: string): Promise<void> {
    const row = await this.deps.database.leases.get(leaseId);
    const frozen = row?.scope.approvalPolicy.automatic;
    if (!row || !frozen || statusAt(row, this.deps.clock.now()) !== 'pending') {
      return;
    }
    const context = await decisionContext(this.deps, row, []);
    const present = context.policyNow.automatic;
    if (context.stale || !present || (await this.isControlPlane(row))) {
      return;
    }
    const ids = [...new Set([...frozen.conditions, ...present.conditions])];
    const question = await questionOf(this.deps.people, row);
    const found = await Promise.all(ids.map(id => this.evaluate(id, question)));
    await this.deps.database.transaction(stores =>
      this.write(stores, row, found),
    );
    this.deps.wake();
  }

  private async write(stores: Stores, row: LeaseRow, found: Found[]) {
    const now = this.deps.clock.now();
    const approved = found.every(({ holds }) => holds);
    const change: Partial<LeaseRow> = approved
      ? { ...apply(row, { type: 'approve' }, now), approvalKind: 'automatic' }
      : {};
    // The lease before the head of the audit log, as everywhere: else two could wait for each other.
    if (
      approved &&
      !(await stores.leases.update(row.id, row.version, change))
    ) {
      throw new Error('Somebody was faster');
    }
    await this.deps.audit.record(stores, {
      at: now,
      actor: 'system',
      action: 'lease.automatic',
      outcome: approved ? 'done' : 'refused',
      leaseId: row.id,
      accountRef: row.accountRef,
      details: { conditions: found, scopeHash: row.scopeHash },
    });
    if (!approved) {
      return;
    }
    await refuseStopped(stores, panicScope(row));
    await stores.decisions.insert(this.decision(row, found, now));
    await stores.outbox.enqueue(notices.approved({ ...row, ...change }), now);
  }

  private decision(row: LeaseRow, found: Found[], now: number): DecisionRow {
    return {
      id: this.deps.ids.next(),
      leaseId: row.id,
      stepId: 'automatic',
      person: 'system',
      personKey: 'system',
      verdict: 'approve',
      comment: found.map(({ words }) => words).join(' '),
      scopeHash: row.scopeHash,
      startAt: row.startAt,
      durationMinutes: row.durationMinutes,
      decidedAt: now,
      ordinal: 1,
    };
  }

  private async evaluate(
    id: string,
    question: ConditionQuestion,
  ): Promise<Found> {
    const condition = this.conditions.find(each => each.id === id);
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const answer = await Promise.race([
        condition!.evaluate(question, { signal }),
        ended(signal),
      ]);
      return {
        id,
        holds: answer.holds === true,
        words: answer.words,
        facts: answer.facts,
      };
    } catch {
      const words = `Whether “${id}” holds could not be found out.`;
      return { id, holds: false, words, facts: {} };
    }
  }

  private async isControlPlane(row: LeaseRow): Promise<boolean> {
    const { controlPlane } = await this.deps.resolver.account(row.accountRef);
    return controlPlane;
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

async function questionOf(
  people: People,
  row: LeaseRow,
): Promise<ConditionQuestion> {
  const [requester, beneficiary] = await Promise.all([
    people.find(row.requester),
    row.beneficiary ? people.find(row.beneficiary) : undefined,
  ]);
  return {
    requester: { ref: row.requester, email: requester?.email },
    beneficiary: row.beneficiary
      ? { ref: row.beneficiary, email: beneficiary?.email }
      : undefined,
    ticket: row.ticket,
    accountId: row.accountId,
    roleId: row.roleId,
    profileId: row.profileId,
  };
}
