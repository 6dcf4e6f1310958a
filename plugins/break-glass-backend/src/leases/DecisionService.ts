import { DecisionRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { DecisionRow, LeaseRow, Millis, Stores } from '../database/types';
import { conflictError } from '../errors';
import { refuseClockSkew } from './clockSkew';
import {
  decisionContext,
  isMetWith,
  partiesIn,
  PresentContext,
} from './decisionContext';
import { attempt, Caller, LeaseDependencies, personOf } from './dependencies';
import { explainDecide } from './explainDecide';
import { inRounds } from './inRounds';
import { apply } from './lifecycle';
import { newDecision } from './newDecision';
import { notices } from './notices';
import { panicScope, stopProblem } from './panic/stop';
import { assertReadable } from './readLease';
import { refusalOf } from './refusalOf';
import { sameTerm } from './term';

/** A lease as a decision left it. */
export interface DecidedLease {
  person: Person;
  row: LeaseRow;
  decisions: DecisionRow[];
}

/** Takes decisions of people on leases. */
export class DecisionService {
  constructor(private readonly deps: LeaseDependencies) {}

  /**
   * Records one decision, and with the last one the new state of the lease.
   * What was looked at is written only if it is still so (I1, I2, I5).
   * @throws NotFoundError, NotAllowedError or ConflictError with a stable code; all are audited.
   */
  async decide(
    caller: Caller,
    leaseId: string,
    request: DecisionRequest,
  ): Promise<DecidedLease> {
    const what = {
      actor: caller.ref,
      action: 'lease.decide',
      leaseId,
      details: { verdict: request.verdict, step: request.step },
    };
    return attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      const decided = await inRounds(() =>
        this.decideOnce(leaseId, person, request),
      );
      this.deps.wake();
      return decided;
    });
  }

  private async decideOnce(
    leaseId: string,
    person: Person,
    request: DecisionRequest,
  ): Promise<DecidedLease | undefined> {
    const { clock, database } = this.deps;
    const { row, decisions, databaseNow } = assertReadable(
      this.deps,
      person,
      leaseId,
      await database.leases.withDecisions(leaseId),
    );
    refuseClockSkew(clock.now(), databaseNow, 'the database');
    const context = await decisionContext(this.deps, row, decisions);
    return database.transaction(stores =>
      this.write(stores, context, person, request),
    );
  }

  /** @returns undefined where somebody else was first, so that it has to be looked at again. */
  private async write(
    stores: Stores,
    context: PresentContext,
    person: Person,
    request: DecisionRequest,
  ): Promise<DecidedLease | undefined> {
    const { row, decisions } = context;
    const now = this.deps.clock.now();
    const decision = newDecision(row, person, request, {
      id: this.deps.ids.next(),
      stepId: stepOf(context, person, request, now),
      durationMinutes: row.durationMinutes,
      decidedAt: now,
      before: decisions,
    });
    const change = nextState(context, person, decision);
    if (!(await stores.leases.update(row.id, row.version, change))) {
      return undefined;
    }
    const after = { ...row, ...change, version: row.version + 1 };
    await this.recordDecision(stores, after, decision);
    await insertUnlessStopped(stores, context, person, decision);
    const tell = { approved: notices.approved, rejected: notices.rejected }[
      after.status as 'approved' | 'rejected'
    ];
    await stores.outbox.enqueue((tell ?? notices.changed)(after), now);
    return { person, row: after, decisions: [...decisions, decision] };
  }

  private async recordDecision(
    stores: Stores,
    row: LeaseRow,
    decision: DecisionRow,
  ) {
    await this.deps.audit.record(stores, {
      at: decision.decidedAt,
      actor: decision.person,
      action: 'lease.decide',
      outcome: 'done',
      leaseId: row.id,
      accountRef: row.accountRef,
      details: {
        step: decision.stepId,
        verdict: decision.verdict,
        comment: decision.comment,
        scopeHash: decision.scopeHash,
        durationMinutes: decision.durationMinutes,
        startAt: decision.startAt,
        status: row.status,
        activeFrom: row.activeFrom,
        expiresAt: row.expiresAt,
      },
    });
  }
}

/**
 * The step that a person decides on.
 * @throws NotAllowedError or ConflictError where they may not, or saw something else.
 */
function stepOf(
  context: PresentContext,
  person: Person,
  request: DecisionRequest,
  now: Millis,
): string {
  const { row, stale } = context;
  const analysis = explainDecide(context, person, now, request.step);
  if (!analysis.allowed) {
    const { code, message } = analysis.reasons[0];
    throw refusalOf(code, message);
  }
  if (stale && request.verdict === 'approve') {
    throw conflictError(stale.code, stale.message);
  }
  if (request.scopeHash !== row.scopeHash || !sameTerm(request.term, row)) {
    throw conflictError(
      'stale-scope',
      'The request is not what your page shows. Reload it and decide again.',
    );
  }
  return analysis.stepIds[0];
}

/**
 * Nobody approves what responders stopped. The audit entry has been written: it
 * keeps the head of the log locked, so that no panic can be raised unseen between
 * this look and the end of the transaction.
 */
async function insertUnlessStopped(
  stores: Stores,
  context: PresentContext,
  person: Person,
  decision: DecisionRow,
) {
  if (decision.verdict === 'reject') {
    await stores.decisions.insert(decision);
    return;
  }
  const scope = panicScope(context.row, partiesIn(context, person));
  if (!(await stores.decisions.insert(decision, scope))) {
    throw await stopProblem(stores, scope);
  }
}

function nextState(
  context: PresentContext,
  person: Person,
  decision: DecisionRow,
): Partial<LeaseRow> {
  const { row } = context;
  const { decidedAt: now, comment, person: by } = decision;
  if (decision.verdict === 'reject') {
    return apply(row, { type: 'reject', by, comment }, now);
  }
  return isMetWith(context, person, decision)
    ? apply(row, { type: 'approve' }, now)
    : {};
}
