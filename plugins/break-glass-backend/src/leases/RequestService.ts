import { LeaseRequest } from 'backstage-plugin-break-glass-common';
import { refsOf } from '../accounts/principals';
import { Person } from '../accounts/types';
import { candidates } from '../approvals';
import { LeaseRow, Stores } from '../database/types';
import { conflictError } from '../errors';
import { AutomaticApproval } from './automatic';
import { ClosingService } from './ClosingService';
import { attempt, Caller, LeaseDependencies, personOf } from './dependencies';
import { debtProblem } from './emergencyCheck';
import { frozenKill } from './frozenKill';
import { refuseManyRequests } from './hourlyLimit';
import { repeatedRequest } from './idempotency';
import { buildScope } from './LeaseResolver';
import { apply, statusAt } from './lifecycle';
import { notices } from './notices';
import { panicScope, refuseStopped } from './panic/stop';
import {
  approvalFactsOf,
  CheckedRequest,
  checkRequest,
  problemError,
} from './requestCheck';
import { askedFor, requestKey } from './requestKey';
import { scopeHash } from './scope';

const MINUTE = 60_000;
/** How many approvers are told of a request at most. */
const MAX_NOTIFIED = 200;

/** What came of a request. */
export interface Requested {
  /** Id of the lease. */
  id: string;
  /** Whether the lease was there before: asking again makes no second one. */
  reused: boolean;
}

/** Asks for leases. */
export class RequestService {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly closing: Pick<ClosingService, 'lapse'>,
    private readonly automatic: Pick<AutomaticApproval, 'consider'>,
  ) {}

  /**
   * Requests a lease. With an idempotency key, asking again gives the first answer;
   * without one, the open request of the same person for the same thing, if there is one.
   * @throws InputError, NotAllowedError or NotFoundError with the first problem; refusals are audited.
   */
  async request(
    caller: Caller,
    input: LeaseRequest,
    idempotencyKey?: string,
  ): Promise<Requested> {
    return attempt(
      this.deps,
      {
        actor: caller.ref,
        action: 'lease.request',
        accountRef: input.accountRef,
        details: { roleId: input.roleId, profileId: input.profileId },
      },
      async () => {
        const person = await personOf(this.deps.people, caller);
        const repeated = await repeatedRequest(
          this.deps.database.leases,
          person,
          input,
          idempotencyKey,
        );
        if (repeated) {
          return { id: repeated, reused: true };
        }
        const checked = await checkRequest(this.deps, person, input);
        if (checked.problems.length || !checked.resolved) {
          throw problemError(checked.problems[0]);
        }
        const row = this.build(person, input, checked, idempotencyKey);
        await this.recordLapsed(row.requestKey!);
        const approvers = await this.approvers(person, checked);
        const requested = await this.insert(row, person, approvers);
        if (!requested.reused && row.scope.approvalPolicy.automatic) {
          await this.automatic.consider(row.id);
        }
        return requested;
      },
    );
  }

  /** Two requests for the same, or with one key, at once: the first is the answer to both. */
  private async insert(
    row: LeaseRow,
    person: Person,
    approvers: string[],
  ): Promise<Requested> {
    const { database, wake } = this.deps;
    const inserted = await database.transaction(stores =>
      this.write(stores, row, person, approvers),
    );
    if (inserted) {
      wake();
      return { id: row.id, reused: false };
    }
    const { leases } = database;
    const first =
      (row.idempotencyKey &&
        (await leases.findByIdempotencyKey(
          row.requester,
          row.idempotencyKey,
        ))) ||
      (await leases.findOpenRequest(row.requestKey!));
    if (!first) {
      throw conflictError(
        'conflict',
        'The request that was open for the same was decided at this moment. Read it, and ask again if you still need to.',
      );
    }
    return { id: first.id, reused: true };
  }

  /** A request that lapsed may not be recorded as such yet; it stands in nobody's way (the clock decides). */
  private async recordLapsed(key: string): Promise<void> {
    const open = await this.deps.database.leases.findOpenRequest(key);
    if (open && statusAt(open, this.deps.clock.now()) === 'lapsed') {
      await this.closing.lapse(open.id);
    }
  }

  private async write(
    stores: Stores,
    row: LeaseRow,
    person: Person,
    approvers: string[],
  ): Promise<boolean> {
    if (!(await stores.leases.insert(row))) {
      return false;
    }
    await this.deps.audit.record(stores, {
      at: row.requestedAt,
      actor: row.requester,
      action: 'lease.request',
      outcome: 'done',
      leaseId: row.id,
      accountRef: row.accountRef,
      details: {
        scopeHash: row.scopeHash,
        roleId: row.roleId,
        profileId: row.profileId,
        profileParameters: row.profileParameters,
        accountId: row.accountId,
        beneficiary: row.beneficiary,
        reason: row.reason,
        ticket: row.ticket,
        ticketCheck: row.ticketCheck,
        durationMinutes: row.durationMinutes,
        startAt: row.startAt,
      },
    });
    // After the audit entry: its locked head lets nobody else in before the end of this.
    await refuseStopped(stores, panicScope(row, [person]));
    await refuseManyRequests(stores, this.deps.config, row);
    if (row.approvalKind === 'emergency') {
      await refuseDebt(stores, row);
      await this.recordEmergency(stores, row);
    }
    await stores.outbox.enqueue(
      this.messages(row, person.displayName, approvers),
      row.requestedAt,
    );
    return true;
  }

  private messages(row: LeaseRow, who: string, approvers: string[]) {
    if (row.approvalKind !== 'emergency') {
      return notices.requested(row, who, approvers);
    }
    const responders = refsOf(this.deps.config.responders);
    return notices.emergency(row, who, [
      ...new Set([...approvers, ...responders]),
    ]);
  }

  /** An entry of its own: what nobody approved must be found at once. */
  private async recordEmergency(stores: Stores, row: LeaseRow) {
    await this.deps.audit.record(stores, {
      at: row.requestedAt,
      actor: row.requester,
      action: 'lease.emergency',
      outcome: 'done',
      leaseId: row.id,
      accountRef: row.accountRef,
      details: {
        scopeHash: row.scopeHash,
        durationMinutes: row.durationMinutes,
        activeFrom: row.activeFrom,
        expiresAt: row.expiresAt,
      },
    });
  }

  private build(
    person: Person,
    input: LeaseRequest,
    checked: CheckedRequest,
    idempotencyKey?: string,
  ): LeaseRow {
    const { account, role, roleArn, profile } = checked.resolved!;
    const now = this.deps.clock.now();
    const id = this.deps.ids.next();
    const scope = buildScope(
      {
        leaseId: id,
        requester: person.ref,
        beneficiary: checked.beneficiary?.ref,
        reason: input.reason,
        ticket: input.ticket,
      },
      checked.resolved!,
    );
    const row: LeaseRow = {
      id,
      version: 1,
      status: 'pending',
      approvalKind: 'people',
      requester: person.ref,
      requesterKey: person.key,
      beneficiary: checked.beneficiary?.ref,
      beneficiaryKey: checked.beneficiary?.key,
      accountRef: account.ref,
      accountTitle: account.title,
      accountId: account.accountId,
      partition: account.partition,
      region: account.region,
      accountOwner: account.owner,
      roleId: role.id,
      roleTitle: role.title,
      roleArn,
      approvalPolicyId: scope.approvalPolicy.id,
      profileId: profile.id,
      profileTitle: profile.title,
      profileParameters: profile.parameters,
      reason: input.reason,
      ticket: input.ticket,
      ticketCheck: checked.ticketCheck,
      scope,
      scopeHash: scopeHash(scope),
      startAt: checked.startAt,
      durationMinutes: checked.durationMinutes,
      requestedAt: now,
      lapsesAt: now + role.pendingTimeoutMinutes * MINUTE,
      kill: 'none',
      ...frozenKill(this.deps.config, role, account),
      reviewState: 'none',
      idempotencyKey,
      requestKey: requestKey(askedFor(person, checked.resolved!)),
    };
    return input.emergency
      ? {
          ...row,
          approvalKind: 'emergency',
          ...apply(row, { type: 'approve' }, now),
        }
      : row;
  }

  /** Everybody who could decide on the request. */
  private async approvers(person: Person, checked: CheckedRequest) {
    const byStep = await candidates(
      this.deps.people,
      approvalFactsOf(person, checked),
      MAX_NOTIFIED,
    );
    return [
      ...new Set(byStep.flatMap(step => step.people.map(each => each.ref))),
    ];
  }
}

/** @throws NotAllowedError `review-debt` */
async function refuseDebt(stores: Stores, row: LeaseRow): Promise<void> {
  const debt = await debtProblem(
    stores,
    { key: row.requesterKey },
    row.requestedAt,
  );
  if (debt) {
    throw problemError(debt);
  }
}
