import { isDeepStrictEqual } from 'node:util';
import {
  LeasePreview,
  LeasePreviewRequest,
  LeaseRequest,
} from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { candidates, stepsWithoutPeople } from '../approvals';
import { LeaseRow, Stores } from '../database/types';
import {
  SESSION_POLICY_LIMIT,
  describeStatements,
  sessionPolicy,
} from '../profiles';
import { codeOf, conflictError, inputError } from '../errors';
import { attempt, Caller, LeaseDependencies, personOf } from './dependencies';
import { debtWarning } from './debt';
import { frozenKill } from './frozenKill';
import { notices } from './notices';
import { buildScope } from './LeaseResolver';
import { CheckedRequest, checkRequest, problemError } from './requestCheck';
import { scopeHash } from './scope';
import { iso, stepsInView } from './leaseView';

const MINUTE = 60_000;
/** How many approvers are told of a request at most. */
const MAX_NOTIFIED = 200;

/** Asks for leases, and says beforehand what asking would come to. */
export class RequestService {
  constructor(private readonly deps: LeaseDependencies) {}

  /** Looks at a request by every rule, and changes nothing. */
  async preview(
    caller: Caller,
    input: LeasePreviewRequest,
  ): Promise<LeasePreview> {
    const person = await personOf(this.deps.people, caller);
    const checked = await checkRequest(this.deps, person, input);
    const now = this.deps.clock.now();
    const starts = Math.max(now, checked.startAt ?? now);
    const endsAt = starts + checked.durationMinutes * MINUTE;
    const problems = checked.problems.map(({ kind, ...rest }) => rest);
    const notEligible = problems.filter(each => each.code === 'not-eligible');
    const { steps, without } = await this.steps(person, checked);
    return {
      eligible: {
        allowed: notEligible.length === 0,
        reasons: notEligible.map(({ code, message }) => ({ code, message })),
      },
      policy: await policyOf(checked, endsAt),
      durationMinutes: checked.durationMinutes,
      endsAt: iso(endsAt),
      lapsesAt: iso(now + this.pendingMinutes(input.roleId) * MINUTE),
      order: checked.resolved?.policy.order ?? 'parallel',
      steps,
      warnings: [
        ...steps
          .filter(step => without.includes(step.id))
          .map(step => ({
            code: 'nobody-can-approve',
            message: `Nobody is left who can approve the step ${step.title}. ${step.words} Ask the platform team before you rely on this.`,
          })),
        ...debtWarning(
          await this.deps.database.leases.overdueReviews(person.key, now),
        ),
      ],
      problems,
    };
  }

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
        const repeated = await this.repeated(person, input, idempotencyKey);
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

  /**
   * The lease that the same request with the same key made before.
   * @throws InputError for a key that is too long, ConflictError where the key stands for another request.
   */
  private async repeated(
    person: Person,
    input: LeaseRequest,
    key: string | undefined,
  ): Promise<string | undefined> {
    if (!key) {
      return undefined;
    }
    if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
      throw inputError(
        'invalid-input',
        'An Idempotency-Key has 1 to 128 visible ASCII characters.',
      );
    }
    const row = await this.deps.database.leases.findByIdempotencyKey(
      person.ref,
      key,
    );
    if (row && !isSameRequest(row, input)) {
      throw conflictError(
        'conflict',
        'This Idempotency-Key was used for another request. Use a new key.',
      );
    }
    return row?.id;
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

  private pendingMinutes(roleId: string): number {
    return (
      this.deps.config.roles.find(role => role.id === roleId)
        ?.pendingTimeoutMinutes ?? 0
    );
  }

  /** The steps as the page shows them, and the ids of those that cannot be met. */
  private async steps(person: Person, checked: CheckedRequest) {
    if (!checked.resolved) {
      return { steps: [], without: [] };
    }
    const facts = factsOf(person, checked);
    const able = await candidates(this.deps.people, facts, MAX_NOTIFIED);
    return {
      steps: await stepsInView(this.deps.people, facts, able),
      without: stepsWithoutPeople(facts, able),
    };
  }

  private async approvers(person: Person, checked: CheckedRequest) {
    const byStep = await candidates(
      this.deps.people,
      factsOf(person, checked),
      MAX_NOTIFIED,
    );
    return [
      ...new Set(byStep.flatMap(step => step.people.map(each => each.ref))),
    ];
  }
}

function isSameRequest(row: LeaseRow, input: LeaseRequest): boolean {
  const startAt = input.startAt ? Date.parse(input.startAt) : undefined;
  return isDeepStrictEqual(
    [
      row.accountRef,
      row.roleId,
      row.profileId,
      { ...row.profileParameters },
      row.reason,
      row.ticket ?? '',
      row.beneficiary ?? '',
      row.durationMinutes,
      row.startAt,
    ],
    [
      input.accountRef.toLocaleLowerCase('en-US'),
      input.roleId,
      input.profileId,
      { ...input.profileParameters },
      input.reason,
      input.ticket ?? '',
      (input.beneficiary ?? '').toLocaleLowerCase('en-US'),
      input.durationMinutes,
      startAt,
    ],
  );
}

function factsOf(person: Person, checked: CheckedRequest) {
  return {
    policy: checked.resolved!.policy,
    requester: { ref: person.ref, key: person.key },
    beneficiary: checked.beneficiary,
    accountOwner: checked.resolved!.account.owner,
    decisions: [],
  };
}

async function policyOf(checked: CheckedRequest, endsAt: number) {
  const profile = checked.resolved?.profile;
  if (!profile) {
    return { services: [], document: {}, size: 0, limit: SESSION_POLICY_LIMIT };
  }
  const policy = sessionPolicy(profile, { leaseEndsAt: endsAt });
  return {
    services: await describeStatements(profile.statements),
    document: policy.document,
    size: policy.size,
    limit: SESSION_POLICY_LIMIT,
  };
}
