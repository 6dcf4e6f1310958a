import { DecisionRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../../accounts/types';
import {
  ExtensionDecisionRow,
  ExtensionRow,
  LeaseRow,
  Millis,
  Stores,
} from '../../database/types';
import { conflictError } from '../../errors';
import { refuseClockSkew } from '../clockSkew';
import {
  decisionContext,
  isMetWith,
  partiesIn,
  PresentContext,
} from '../decisionContext';
import { attempt, Caller, LeaseDependencies } from '../dependencies';
import { inRounds } from '../inRounds';
import { newDecision } from '../newDecision';
import { panicScope, refuseStopped } from '../panic/stop';
import { readLease } from '../readLease';
import { refusalOf } from '../refusalOf';
import { sameTerm } from '../term';
import { explainDecideExtension } from './explainExtension';
import { extensionNotices } from './extensionNotices';
import {
  extensionOf,
  recordExtension,
  settledMeanwhile,
} from './extensionWrites';

const MINUTE = 60_000;

/** Takes decisions of people on extensions. */
export class ExtensionDecisions {
  constructor(private readonly deps: LeaseDependencies) {}

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
      await inRounds(() => this.decideOnce(caller, leaseId, id, request));
      this.deps.wake();
    });
  }

  private async decideOnce(
    caller: Caller,
    leaseId: string,
    id: string,
    request: DecisionRequest,
  ): Promise<true | undefined> {
    const { clock, database } = this.deps;
    const { person, row } = await readLease(this.deps, caller, leaseId);
    refuseClockSkew(clock.now(), await database.now(), 'the database');
    const decisions = await database.extensions.decisionsOf([leaseId]);
    const context = await decisionContext(
      this.deps,
      row,
      decisions.filter(each => each.extensionId === id),
    );
    return database.transaction(stores =>
      this.write(stores, context, id, person, request),
    );
  }

  /** @returns undefined where somebody else was first, so that it has to be looked at again. */
  private async write(
    stores: Stores,
    context: PresentContext,
    id: string,
    person: Person,
    request: DecisionRequest,
  ): Promise<true | undefined> {
    const now = this.deps.clock.now();
    const { row } = context;
    const extension = await extensionOf(stores, row, id);
    const decision: ExtensionDecisionRow = {
      ...newDecision(row, person, request, {
        id: this.deps.ids.next(),
        stepId: this.stepOf(context, extension, person, request, now),
        durationMinutes: extension.toMinutes,
        decidedAt: now,
        before: context.decisions,
      }),
      extensionId: id,
    };
    const outcome = outcomeOf(context, person, decision);
    const change = outcome === 'approved' ? longer(row, extension) : {};
    if (!(await stores.leases.update(row.id, row.version, change))) {
      return undefined;
    }
    await stores.extensions.decide(decision);
    if (
      outcome !== 'pending' &&
      !(await stores.extensions.settle(id, outcome, now))
    ) {
      throw settledMeanwhile();
    }
    await recordExtension(
      this.deps,
      stores,
      row,
      person.ref,
      'lease.extension-decide',
      {
        extensionId: id,
        step: decision.stepId,
        verdict: decision.verdict,
        comment: decision.comment,
        scopeHash: decision.scopeHash,
        durationMinutes: decision.durationMinutes,
        outcome,
        expiresAt: change.expiresAt ?? row.expiresAt,
      },
    );
    // After the audit entry, which lets no panic in between (DecisionService).
    if (request.verdict === 'approve') {
      await refuseStopped(stores, panicScope(row, partiesIn(context, person)));
    }
    await stores.outbox.enqueue(
      extensionNotices[outcome === 'pending' ? 'changed' : outcome](row),
      now,
    );
    return true;
  }

  /**
   * The step that a person decides on.
   * @throws NotAllowedError or ConflictError where they may not, or saw something else.
   */
  private stepOf(
    context: PresentContext,
    extension: ExtensionRow,
    person: Person,
    request: DecisionRequest,
    now: Millis,
  ): string {
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
    return analysis.stepIds[0];
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
}

function outcomeOf(
  context: PresentContext,
  person: Person,
  decision: ExtensionDecisionRow,
): 'approved' | 'rejected' | 'pending' {
  if (decision.verdict === 'reject') {
    return 'rejected';
  }
  return isMetWith(context, person, decision) ? 'approved' : 'pending';
}

/** The new end; the lease was seen to be active under the version that is written. */
function longer(row: LeaseRow, { toMinutes }: ExtensionRow): Partial<LeaseRow> {
  return {
    durationMinutes: toMinutes,
    expiresAt: row.activeFrom! + toMinutes * MINUTE,
  };
}
