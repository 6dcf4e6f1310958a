import { Clock } from 'backstage-plugin-break-glass-node';
import { Account, AccountDirectory } from '../accounts/types';
import { freezeInWords, freezesAt, selectPolicy } from '../approvals';
import {
  ApprovalPolicyConfig,
  BreakGlassConfig,
  RoleConfig,
} from '../config/types';
import { LeaseRow, Millis, Scope } from '../database/types';
import { inputError, notAllowedError, notFoundError } from '../errors';
import { compileProfile } from '../profiles';
import { CompiledProfile } from '../profiles/types';
import { controlPlaneProblem } from './controlPlane';
import { scopeHash } from './scope';

/** Reads the content of managed policies, so that a later change of one is noticed (I2). */
export interface ManagedPolicyReader {
  /** @returns SHA-256 of the default version's document. */
  sha256(account: Account, policyArn: string): Promise<string>;
}

/** What a person names: account, role, profile and its parameters. */
export interface Choice {
  accountRef: string;
  roleId: string;
  profileId: string;
  profileParameters: Record<string, string>;
  /** When access is to begin; absent: now. */
  startAt?: Millis;
}

/** The same, found, trusted and compiled. */
export interface ResolvedChoice {
  account: Account;
  role: RoleConfig;
  /** ARN of the role in the account. */
  roleArn: string;
  profile: CompiledProfile;
  policy: ApprovalPolicyConfig;
  /** Why no lease may begin then, in words. */
  frozen?: string;
  managedPolicies: Record<string, string>;
}

/** What a lease's names come to now. */
export type LeaseResolution =
  | ({ ok: true; scopeHash: string } & ResolvedChoice)
  | { ok: false; code: string; message: string };

/** Turns names into what they stand for now: at request, at decision and at each use. */
export class LeaseResolver {
  constructor(
    private readonly config: BreakGlassConfig,
    private readonly accounts: AccountDirectory,
    private readonly managedPolicies: ManagedPolicyReader,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError or NotAllowedError where the account is unknown or not trusted (I13). */
  async account(ref: string): Promise<Account> {
    const resolution = await this.accounts.resolve(ref);
    if (!resolution) {
      throw notFoundError(
        'account-unknown',
        `There is no AWS account ${ref} in the catalog.`,
      );
    }
    if (!resolution.ok) {
      throw notAllowedError(
        'account-untrusted',
        `The account ${resolution.title} cannot be used: ${resolution.problems
          .map(problem => `${problem.message} ${problem.fix}`)
          .join(' ')}`,
      );
    }
    return resolution.account;
  }

  /**
   * What the catalog calls an account, usable or not: what is stopped need not be trusted.
   * @throws NotFoundError `account-unknown`
   */
  async anyAccount(ref: string): Promise<{ title: string; accountId: string }> {
    const resolution = await this.accounts.resolve(ref);
    const found = resolution?.ok ? resolution.account : resolution;
    if (!found) {
      throw notFoundError(
        'account-unknown',
        `There is no AWS account ${ref} in the catalog.`,
      );
    }
    return found;
  }

  /** @throws NotFoundError `role-unknown` */
  role(id: string): RoleConfig {
    const role = this.config.roles.find(each => each.id === id);
    if (!role) {
      throw notFoundError('role-unknown', `There is no role ${id}.`);
    }
    return role;
  }

  /**
   * Finds and compiles everything that a lease names.
   * @throws InputError, NotFoundError or NotAllowedError with the name of what is wrong.
   */
  async choice(choice: Choice): Promise<ResolvedChoice> {
    const role = this.role(choice.roleId);
    if (role.access !== 'lease') {
      throw inputError(
        'role-not-lease',
        `The role ${role.title} is standing: use it without a lease.`,
      );
    }
    const config = this.config.profiles.find(
      each => each.id === choice.profileId,
    );
    if (!config) {
      throw notFoundError(
        'profile-unknown',
        `There is no profile ${choice.profileId}.`,
      );
    }
    if (!role.profiles.includes(config.id)) {
      throw notAllowedError(
        'profile-not-allowed',
        `The profile ${config.title} is not offered for the role ${role.title}.`,
      );
    }
    const account = await this.account(choice.accountRef);
    const startsAt = Math.max(this.clock.now(), choice.startAt ?? 0);
    const policy = this.approvalPolicy(role, account, config.id, startsAt);
    const problem = this.controlPlaneProblem(account, policy);
    if (problem) {
      throw notAllowedError('control-plane-account', problem);
    }
    const profile = await compileProfile(
      config,
      account,
      choice.profileParameters,
    );
    return {
      account,
      role,
      roleArn: roleArn(role, account),
      profile,
      policy,
      frozen: frozenWords(this.config, role, account, startsAt),
      managedPolicies: await this.hashes(account, profile),
    };
  }

  /** Resolves a stored lease again; the result says whether it is still what was approved (I2). */
  async resolve(row: LeaseRow): Promise<LeaseResolution> {
    try {
      const resolved = await this.choice(row);
      const hash = scopeHash(
        buildScope(
          {
            leaseId: row.id,
            requester: row.requester,
            beneficiary: row.beneficiary,
            reason: row.reason,
            ticket: row.ticket,
          },
          resolved,
          row.scope.approvalPolicy,
        ),
      );
      return { ok: true, scopeHash: hash, ...resolved };
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (!code || (error as Error).name === 'ServiceUnavailableError') {
        throw error;
      }
      return { ok: false, code, message: (error as Error).message };
    }
  }

  /** The approval policy that is in force now. */
  approvalPolicy(
    role: RoleConfig,
    account: Account,
    profileId: string,
    startsAt: Millis,
  ): ApprovalPolicyConfig {
    const policy = selectPolicy(
      this.config,
      role,
      account,
      profileId,
      startsAt,
    );
    if (!policy) {
      throw notFoundError(
        'role-unknown',
        `The role ${role.title} has no approval policy.`,
      );
    }
    return policy;
  }

  /** Why no lease of this policy is possible on an account of the control plane, in words. */
  controlPlaneProblem(
    account: Account,
    policy: ApprovalPolicyConfig,
  ): string | undefined {
    return controlPlaneProblem(this.config, account, policy);
  }

  private async hashes(account: Account, profile: CompiledProfile) {
    const entries = await Promise.all(
      profile.managedPolicyArns.map(
        async arn =>
          [arn, await this.managedPolicies.sha256(account, arn)] as const,
      ),
    );
    return Object.fromEntries(entries);
  }
}

/** Why no lease may begin at an instant, in words; undefined where one may. */
export function frozenWords(
  config: BreakGlassConfig,
  role: RoleConfig,
  account: Account,
  at: Millis,
): string | undefined {
  const freeze = freezesAt(config, role, account, at).find(({ step }) => !step);
  return (
    freeze && `No lease begins in this freeze: ${freezeInWords(freeze, at)}.`
  );
}

/** ARN of a role in an account. */
export function roleArn(role: RoleConfig, account: Account): string {
  return role.arn
    .split('${partition}')
    .join(account.partition)
    .split('${accountId}')
    .join(account.accountId);
}

/** The scope of a lease; its hash is what people approve. */
export function buildScope(
  words: Pick<
    Scope,
    'leaseId' | 'requester' | 'beneficiary' | 'reason' | 'ticket'
  >,
  resolved: ResolvedChoice,
  policy: ApprovalPolicyConfig = resolved.policy,
): Scope {
  return {
    ...words,
    partition: resolved.account.partition,
    accountId: resolved.account.accountId,
    region: resolved.account.region,
    accountOwner: policy.steps.some(
      step => step.from.accountOwner || step.exclude.accountOwner,
    )
      ? resolved.account.owner
      : undefined,
    roleArn: resolved.roleArn,
    profileId: resolved.profile.id,
    profileParameters: resolved.profile.parameters,
    statements: resolved.profile.statements,
    chaining: resolved.profile.chaining,
    residueReviewed: resolved.profile.residueReviewed,
    managedPolicies: resolved.managedPolicies,
    approvalPolicy: policy,
  };
}
