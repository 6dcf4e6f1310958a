import { DecisionRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { progress } from '../approvals';
import { DecisionRow, LeaseRow, Stores } from '../database/types';
import { conflictError } from '../errors';
import { attempt, Caller, LeaseDependencies, personOf } from './dependencies';
import { refuseClockSkew } from './clockSkew';
import { decisionContext, PresentContext } from './decisionContext';
import { explainDecide, frozenFacts, mayRead, presentFacts } from './explain';
import { apply } from './lifecycle';
import { notices } from './notices';
import { panicScope, refuseStopped } from './panic/stop';
import { leaseUnknown } from './leaseUnknown';
import { refusalOf } from './refusalOf';
import { sameTerm } from './term';

/** How often a decision is looked at again when another person was first. */
const MAX_ROUNDS = 5;

/** Takes decisions of people on leases. */
export class DecisionService {
  constructor(private readonly deps: LeaseDependencies) {}

  /**
   * Records one decision, and with the last one the new state of the lease.
   * Everything is checked again inside the transaction that writes (I1, I2, I5).
   * @throws NotFoundError, NotAllowedError or ConflictError with a stable code; all are audited.
   */
  async decide(
    caller: Caller,
    leaseId: string,
    request: DecisionRequest,
  ): Promise<void> {
    const what = {
      actor: caller.ref,
      action: 'lease.decide',
      leaseId,
      details: { verdict: request.verdict, step: request.step },
    };
    await attempt(this.deps, what, async () => {
      const person = await personOf(this.deps.people, caller);
      refuseClockSkew(
        this.deps.clock.now(),
        await this.deps.database.now(),
        'the database',
      );
      await this.decideInRounds(leaseId, person, request);
      this.deps.wake();
    });
  }

  /** Where others decide at the same moment, everything is looked at again. */
  private async decideInRounds(
    leaseId: string,
    person: Person,
    request: DecisionRequest,
  ) {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const { database } = this.deps;
      const row = await database.leases.get(leaseId);
      if (!row || !mayRead(this.deps.config, row, person)) {
        throw leaseUnknown(leaseId);
      }
      const context = await decisionContext(
        this.deps,
        row,
        await database.decisions.ofLeases([leaseId]),
      );
      const done = await database.transaction(stores =>
        this.write(stores, context, person, request),
      );
      if (done) {
        return;
      }
    }
    throw conflictError(
      'conflict',
      'Others decided at the same moment. Reload the page and try again.',
    );
  }

  /** @returns false where somebody else was first, so that it has to be looked at again. */
  private async write(
    stores: Stores,
    context: PresentContext,
    person: Person,
    request: DecisionRequest,
  ): Promise<boolean> {
    const now = this.deps.clock.now();
    const { row } = context;
    const present = await stores.leases.get(row.id);
    if (present?.version !== row.version) {
      return false;
    }
    const analysis = explainDecide(context, person, now, request.step);
    if (!analysis.allowed) {
      const { code, message } = analysis.reasons[0];
      throw refusalOf(code, message);
    }
    if (context.stale && request.verdict === 'approve') {
      throw conflictError(context.stale.code, context.stale.message);
    }
    if (request.scopeHash !== row.scopeHash || !sameTerm(request.term, row)) {
      throw conflictError(
        'stale-scope',
        'The request is not what your page shows. Reload it and decide again.',
      );
    }
    if (request.verdict === 'approve') {
      await refuseStopped(stores, panicScope(row, [person]));
    }
    const decision: DecisionRow = {
      id: this.deps.ids.next(),
      leaseId: row.id,
      stepId: analysis.stepIds[0],
      person: person.ref,
      personKey: person.key,
      verdict: request.verdict,
      comment: request.comment || undefined,
      scopeHash: row.scopeHash,
      startAt: row.startAt,
      durationMinutes: row.durationMinutes,
      decidedAt: now,
    };
    const change = nextState(context, person, decision);
    if (!(await stores.leases.update(row.id, row.version, change))) {
      return false;
    }
    await stores.decisions.insert(decision);
    await this.recordDecision(stores, { ...row, ...change }, decision);
    return true;
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
    const tell = { approved: notices.approved, rejected: notices.rejected }[
      row.status as 'approved' | 'rejected'
    ];
    await stores.outbox.enqueue(
      (tell ?? notices.changed)(row),
      decision.decidedAt,
    );
  }
}

function nextState(
  context: PresentContext,
  person: Person,
  decision: DecisionRow,
): Partial<LeaseRow> {
  const now = decision.decidedAt;
  const after = {
    ...context,
    decisions: [...context.decisions, decision],
    deciders: new Map(context.deciders).set(person.ref, person),
  };
  const frozen = progress(frozenFacts(after.row, after.decisions));
  const present = progress(presentFacts(after));
  if (decision.verdict === 'reject') {
    return apply(
      context.row,
      { type: 'reject', by: decision.person, comment: decision.comment },
      now,
    );
  }
  if (frozen.met && present.met) {
    return apply(context.row, { type: 'approve' }, now);
  }
  return {};
}
