import { LeaseRequest } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { candidates } from '../approvals';
import { LeaseRow, Stores } from '../database/types';
import { codeOf } from '../errors';
import { attempt, Caller, LeaseDependencies, personOf } from './dependencies';
import { frozenKill } from './frozenKill';
import { repeatedRequest } from './idempotency';
import { buildScope } from './LeaseResolver';
import { notices } from './notices';
import { panicScope, refuseStopped } from './panic/stop';
import {
  approvalFactsOf,
  CheckedRequest,
  checkRequest,
  problemError,
} from './requestCheck';
import { scopeHash } from './scope';

const MINUTE = 60_000;
/** How many approvers are told of a request at most. */
const MAX_NOTIFIED = 200;

/** Asks for leases. */
export class RequestService {
  constructor(private readonly deps: LeaseDependencies) {}

  /**
   * Requests a lease. With an idempotency key, asking again gives the first answer.
   * @returns id of the lease.
   * @throws InputError, NotAllowedError or NotFoundError with the first problem; refusals are audited.
   */
  async request(
    caller: Caller,
    input: LeaseRequest,
    idempotencyKey?: string,
  ): Promise<string> {
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
          return repeated;
        }
        const checked = await checkRequest(this.deps, person, input);
        if (checked.problems.length || !checked.resolved) {
          throw problemError(checked.problems[0]);
        }
        const row = this.build(person, input, checked, idempotencyKey);
        const approvers = await this.approvers(person, checked);
        return this.insert(row, person, approvers);
      },
    );
  }

  /** Two requests with one key at once: the first is the answer to both. */
  private async insert(
    row: LeaseRow,
    person: Person,
    approvers: string[],
  ): Promise<string> {
    const { database } = this.deps;
    try {
      await database.transaction(stores =>
        this.write(stores, row, person, approvers),
      );
    } catch (error) {
      const first =
        codeOf(error) === 'conflict' && row.idempotencyKey
          ? await database.leases.findByIdempotencyKey(
              row.requester,
              row.idempotencyKey,
            )
          : undefined;
      if (first) {
        return first.id;
      }
      throw error;
    }
    this.deps.wake();
    return row.id;
  }

  private async write(
    stores: Stores,
    row: LeaseRow,
    person: Person,
    approvers: string[],
  ) {
    await refuseStopped(stores, panicScope(row));
    await stores.leases.insert(row);
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
        durationMinutes: row.durationMinutes,
        startAt: row.startAt,
      },
    });
    await stores.outbox.enqueue(
      notices.requested(row, person.displayName, approvers),
      row.requestedAt,
    );
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
    return {
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
    };
  }

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
