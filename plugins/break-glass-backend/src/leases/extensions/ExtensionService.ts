import {
  DecisionRequest,
  ExtensionRequest,
} from 'backstage-plugin-break-glass-common';
import { Person } from '../../accounts/types';
import { candidates, progress } from '../../approvals';
import {
  ExtensionDecisionRow,
  ExtensionRow,
  LeaseRow,
  Stores,
} from '../../database/types';
import { conflictError, inputError, notAllowedError } from '../../errors';
import { refuseClockSkew } from '../clockSkew';
import { decisionContext, PresentContext } from '../decisionContext';
import { attempt, Caller, LeaseDependencies, personOf } from '../dependencies';
import {
  explainEligible,
  frozenFacts,
  mayRead,
  presentFacts,
} from '../explain';
import { leaseUnknown } from '../leaseUnknown';
import { panicScope, refuseStopped } from '../panic/stop';
import { refusalOf } from '../refusalOf';
import { eligiblePeople } from '../requestCheck';
import { sameTerm } from '../term';
import {
  explainDecideExtension,
  explainExtend,
  MIN_EXTENSION_MINUTES,
  minutesLeft,
} from './explainExtension';
import { extensionNotices } from './extensionNotices';

const MINUTE = 60_000;
/** How often a decision is looked at again when another person was first. */
const MAX_ROUNDS = 5;
/** How many approvers are told at most. */
const MAX_NOTIFIED = 200;

/**
 * More time for an active lease: a new decision under the same approval policy.
 * The old end stands until then, and when nobody decides (03-domain.md).
 */
export class ExtensionService {
  constructor(private readonly deps: LeaseDependencies) {}

  /** @throws InputError, NotAllowedError or ConflictError with a stable code; all are audited. */
  async ask(
    caller: Caller,
    leaseId: string,
    request: ExtensionRequest,
  ): Promise<void> {
    const what = {
      actor: caller.ref,
      action: 'lease.extend',
      leaseId,
      details: { minutes: request.minutes },
    };
    await attempt(this.deps, what, async () => {
      const { person, row } = await this.read(caller, leaseId);
      const context = await decisionContext(this.deps, row, []);
      await this.assertAskable(person, context, request);
      const facts = presentFacts(context);
      const able = await candidates(this.deps.people, facts, MAX_NOTIFIED);
      const approvers = able.flatMap(step => step.people.map(({ ref }) => ref));
      await this.deps.database.transaction(stores =>
        this.insert(stores, context, person, request, [...new Set(approvers)]),
      );
      this.deps.wake();
    });
  }

  /** The requester no longer needs it. Taking back what is settled is refused. */
  async cancel(caller: Caller, leaseId: string, id: string): Promise<void> {
    const what = {
      actor: caller.ref,
      action: 'lease.extension-cancel',
      leaseId,
    };
    await attempt(this.deps, what, async () => {
      const { row } = await this.read(caller, leaseId);
      if (row.requester !== caller.ref) {
        throw notAllowedError(
          'not-requester',
          'Only the person who asked can take an extension back.',
        );
      }
      await this.deps.database.transaction(async stores => {
        const extension = await extensionOf(stores, row, id);
        const now = this.deps.clock.now();
        if (!(await stores.extensions.settle(extension.id, 'cancelled', now))) {
          throw settledMeanwhile();
        }
        await this.record(stores, row, caller.ref, what.action, {
          extensionId: id,
        });
        await stores.outbox.enqueue(extensionNotices.changed(row), now);
      });
      this.deps.wake();
    });
  }

  /** Records one decision, and with the last one the lease's new end (I1, I2, I5). */
  async decide(
    caller: Caller,
    leaseId: string,
    id: string,
    request: DecisionRequest,
  ): Promise<void> {
    const what = {
      actor: caller.ref,
      action: 'lease.extension-decide',
      leaseId,
      details: {
        extensionId: id,
        verdict: request.verdict,
        step: request.step,
      },
    };
    await attempt(this.deps, what, async () => {
      await this.read(caller, leaseId);
      const { clock, database } = this.deps;
      refuseClockSkew(clock.now(), await database.now(), 'the database');
      for (let round = 1; round <= MAX_ROUNDS; round++) {
        const { person, row } = await this.read(caller, leaseId);
        const decisions = await database.extensions.decisionsOf([leaseId]);
        const context = await decisionContext(
          this.deps,
          row,
          decisions.filter(each => each.extensionId === id),
        );
        const done = await database.transaction(stores =>
          this.write(stores, context, id, person, request),
        );
        if (done) {
          this.deps.wake();
          return;
        }
      }
      throw settledMeanwhile();
    });
  }

  private async read(
    caller: Caller,
    leaseId: string,
  ): Promise<{ person: Person; row: LeaseRow }> {
    const person = await personOf(this.deps.people, caller);
    const row = await this.deps.database.leases.get(leaseId);
    if (!row || !mayRead(this.deps.config, row, person)) {
      throw leaseUnknown(leaseId);
    }
    return { person, row };
  }

  /** Everything but what the lease itself says, which is asked in the write. */
  private async assertAskable(
    person: Person,
    context: PresentContext,
    request: ExtensionRequest,
  ) {
    const { row } = context;
    const role = this.role(row);
    const mine = explainExtend(
      row,
      { caller: person.ref, role, extensions: [] },
      this.deps.clock.now(),
    );
    if (!mine.allowed) {
      const [{ code, message }] = mine.reasons;
      throw refusalOf(code, message);
    }
    if (context.stale) {
      throw conflictError(context.stale.code, context.stale.message);
    }
    const eligible = explainEligible(
      role!,
      person,
      context.ownerNow,
      await eligiblePeople(this.deps.people, role!),
    );
    if (!eligible.allowed) {
      const [{ message }] = eligible.reasons;
      throw notAllowedError('not-eligible', message);
    }
    const most = minutesLeft(row, role);
    if (request.minutes < MIN_EXTENSION_MINUTES || request.minutes > most) {
      throw inputError(
        'duration-limit',
        `An extension of this lease must be a whole number of minutes from ${MIN_EXTENSION_MINUTES} to ${most}.`,
      );
    }
  }

  private async insert(
    stores: Stores,
    { row }: PresentContext,
    person: Person,
    request: ExtensionRequest,
    approvers: string[],
  ) {
    const now = this.deps.clock.now();
    await refuseStopped(stores, panicScope(row));
    const present = await stores.leases.lock(row.id);
    const waiting = await stores.extensions.ofLeases([row.id]);
    const facts = {
      caller: person.ref,
      role: this.role(row),
      extensions: waiting,
    };
    const mine = explainExtend(present ?? row, facts, now);
    if (!present || !mine.allowed || present.version !== row.version) {
      const [reason] = mine.reasons;
      throw refusalOf(
        reason?.code ?? 'conflict',
        reason?.message ?? 'The lease changed at this moment. Try again.',
      );
    }
    const extension: ExtensionRow = {
      id: this.deps.ids.next(),
      leaseId: row.id,
      status: 'pending',
      reason: request.reason,
      fromMinutes: row.durationMinutes,
      toMinutes: row.durationMinutes + request.minutes,
      requestedAt: now,
    };
    if (!(await stores.extensions.insert(extension))) {
      throw settledMeanwhile();
    }
    await this.record(stores, row, person.ref, 'lease.extend', {
      extensionId: extension.id,
      reason: request.reason,
      fromMinutes: extension.fromMinutes,
      toMinutes: extension.toMinutes,
    });
    await stores.outbox.enqueue(
      extensionNotices.asked(row, extension, person.displayName, approvers),
      now,
    );
  }

  /** @returns false where somebody else was first, so that it has to be looked at again. */
  private async write(
    stores: Stores,
    context: PresentContext,
    id: string,
    person: Person,
    request: DecisionRequest,
  ): Promise<boolean> {
    const now = this.deps.clock.now();
    const { row } = context;
    const present = await stores.leases.get(row.id);
    if (present?.version !== row.version) {
      return false;
    }
    const extension = await extensionOf(stores, row, id);
    const analysis = explainDecideExtension(
      context,
      extension,
      person,
      now,
      request.step,
    );
    if (!analysis.allowed) {
      const [{ code, message }] = analysis.reasons;
      throw refusalOf(code, message);
    }
    this.assertAsShown(context, extension, request);
    if (request.verdict === 'approve') {
      await refuseStopped(stores, panicScope(row, [person]));
    }
    const decision: ExtensionDecisionRow = {
      id: this.deps.ids.next(),
      extensionId: id,
      leaseId: row.id,
      stepId: analysis.stepIds[0],
      person: person.ref,
      personKey: person.key,
      verdict: request.verdict,
      comment: request.comment || undefined,
      scopeHash: row.scopeHash,
      startAt: row.startAt,
      durationMinutes: extension.toMinutes,
      decidedAt: now,
    };
    const outcome = outcomeOf(context, person, decision);
    const change = outcome === 'approved' ? longer(row, extension) : {};
    if (!(await stores.leases.update(row.id, row.version, change))) {
      return false;
    }
    await stores.extensions.decide(decision);
    if (
      outcome !== 'pending' &&
      !(await stores.extensions.settle(id, outcome, now))
    ) {
      throw settledMeanwhile();
    }
    await this.record(stores, row, person.ref, 'lease.extension-decide', {
      extensionId: id,
      step: decision.stepId,
      verdict: decision.verdict,
      comment: decision.comment,
      scopeHash: decision.scopeHash,
      durationMinutes: decision.durationMinutes,
      outcome,
      expiresAt: change.expiresAt ?? row.expiresAt,
    });
    await stores.outbox.enqueue(
      extensionNotices[outcome === 'pending' ? 'changed' : outcome](row),
      now,
    );
    return true;
  }

  /** Nobody approves what their page did not show, nor what has changed since (I2). */
  private assertAsShown(
    { row, stale }: PresentContext,
    extension: ExtensionRow,
    request: DecisionRequest,
  ) {
    if (stale && request.verdict === 'approve') {
      throw conflictError(stale.code, stale.message);
    }
    const term = {
      startAt: row.startAt,
      durationMinutes: extension.toMinutes,
    };
    const grown = extension.fromMinutes !== row.durationMinutes;
    if (
      grown ||
      request.scopeHash !== row.scopeHash ||
      !sameTerm(request.term, term)
    ) {
      throw conflictError(
        'stale-scope',
        'The extension is not what your page shows. Reload it and decide again.',
      );
    }
    if (
      request.verdict === 'approve' &&
      extension.toMinutes > (this.role(row)?.maxDurationMinutes ?? 0)
    ) {
      throw conflictError(
        'duration-limit',
        `${row.roleTitle} no longer allows as much. Reject the extension.`,
      );
    }
  }

  private role({ roleId }: LeaseRow) {
    return this.deps.config.roles.find(({ id }) => id === roleId);
  }

  private async record(
    stores: Stores,
    row: LeaseRow,
    actor: string,
    action: string,
    details: Record<string, unknown>,
  ) {
    await this.deps.audit.record(stores, {
      at: this.deps.clock.now(),
      actor,
      action,
      outcome: 'done',
      leaseId: row.id,
      accountRef: row.accountRef,
      details,
    });
  }
}

async function extensionOf(
  stores: Pick<Stores, 'extensions'>,
  row: LeaseRow,
  id: string,
): Promise<ExtensionRow> {
  const all = await stores.extensions.ofLeases([row.id]);
  const found = all.find(each => each.id === id);
  if (!found) {
    throw leaseUnknown(row.id);
  }
  return found;
}

function outcomeOf(
  context: PresentContext,
  person: Person,
  decision: ExtensionDecisionRow,
): 'approved' | 'rejected' | 'pending' {
  if (decision.verdict === 'reject') {
    return 'rejected';
  }
  const decisions = [...context.decisions, decision];
  const deciders = new Map(context.deciders).set(person.ref, person);
  const met =
    progress(frozenFacts(context.row, decisions)).met &&
    progress(presentFacts({ ...context, decisions, deciders })).met;
  return met ? 'approved' : 'pending';
}

/** The new end; the lease was seen to be active under the version that is written. */
function longer(row: LeaseRow, { toMinutes }: ExtensionRow): Partial<LeaseRow> {
  return {
    durationMinutes: toMinutes,
    expiresAt: row.activeFrom! + toMinutes * MINUTE,
  };
}

function settledMeanwhile(): Error {
  return conflictError(
    'conflict',
    'Somebody was faster. Reload the page to see what happened.',
  );
}
