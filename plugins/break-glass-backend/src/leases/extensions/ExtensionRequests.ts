import { ExtensionRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../../accounts/types';
import { candidates } from '../../approvals';
import { ExtensionRow, LeaseRow, Stores } from '../../database/types';
import { conflictError, inputError, notAllowedError } from '../../errors';
import { decisionContext, PresentContext } from '../decisionContext';
import { attempt, Caller, LeaseDependencies } from '../dependencies';
import { explainEligible } from '../explain';
import { presentFacts } from '../explainDecide';
import { panicScope, refuseStopped } from '../panic/stop';
import { readLease } from '../readLease';
import { refusalOf } from '../refusalOf';
import { eligiblePeople } from '../requestCheck';
import {
  explainExtend,
  MIN_EXTENSION_MINUTES,
  minutesLeft,
} from './explainExtension';
import { extensionNotices } from './extensionNotices';
import {
  extensionOf,
  recordExtension,
  settledMeanwhile,
} from './extensionWrites';

/** How many approvers are told at most. */
const MAX_NOTIFIED = 200;

/**
 * Asks for more time for an active lease: a new decision under the same approval
 * policy. The old end stands until then, and when nobody decides (03-domain.md).
 */
export class ExtensionRequests {
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
      const { person, row } = await readLease(this.deps, caller, leaseId);
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
      details: { extensionId: id },
    };
    await attempt(this.deps, what, async () => {
      const { row } = await readLease(this.deps, caller, leaseId);
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
        await recordExtension(
          this.deps,
          stores,
          row,
          caller.ref,
          what.action,
          what.details,
        );
        await stores.outbox.enqueue(extensionNotices.changed(row), now);
      });
      this.deps.wake();
    });
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
    await refuseStopped(stores, panicScope(row, [person]));
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
    await recordExtension(this.deps, stores, row, person.ref, 'lease.extend', {
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

  private role({ roleId }: LeaseRow) {
    return this.deps.config.roles.find(({ id }) => id === roleId);
  }
}
