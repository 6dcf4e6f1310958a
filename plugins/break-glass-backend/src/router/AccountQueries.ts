import {
  AccountDetail,
  AccountRole,
  LeaseSummary,
  Me,
  OpenLease,
  ProfileList,
} from 'backstage-plugin-break-glass-common';
import { inWords, matches, refsOf } from '../accounts/principals';
import { Account, AccountResolution, Person } from '../accounts/types';
import {
  policiesOn,
  policyInWords,
  refsOfPolicy,
  stepSummary,
} from '../approvals';
import { RoleConfig } from '../config/types';
import { LeaseCriteria } from '../database/types';
import {
  Caller,
  decidableBy,
  explainEligible,
  LeaseDependencies,
  LeaseLists,
  PanicQueries,
  personOf,
  refused,
} from '../leases';
import { frozenWords } from '../leases/LeaseResolver';
import { MIN_DURATION_MINUTES } from '../leases/requestCheck';
import { profileDocument, profileSummary } from '../profiles';
import { UseQueries } from '../unbrokered';
import { accountSummary } from './accountRoutes';

/** What people see of accounts, roles and profiles. */
export class AccountQueries {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly leases: LeaseLists,
    private readonly unbrokered: UseQueries,
    private readonly panics: PanicQueries,
  ) {}

  /** What the caller may do, and what waits for them. */
  async me(caller: Caller, permitted?: LeaseCriteria): Promise<Me> {
    const { config, people, database, clock } = this.deps;
    const person = await personOf(people, caller);
    const able = decidableBy(config, person);
    return {
      ref: person.ref,
      displayName: person.displayName,
      groups: [...person.groups].sort(),
      eligibleRoles: config.roles
        .filter(role => matches(role.eligible, person))
        .map(role => role.id),
      approver: able.policyIds.length > 0 || able.ownedPolicyIds.length > 0,
      reviewer: matches(config.reviewers, person),
      responder: matches(config.responders, person),
      auditor: matches(config.auditors, person),
      stops: await this.panics.noticesFor(person),
      open: {
        ...(await this.leases.openCounts(person, permitted)),
        unbrokered: await this.unbrokered.openCount(person),
        followUps: await database.followUps.count({
          owners: [person.ref, ...person.groups],
          state: 'open',
          permitted,
          now: clock.now(),
        }),
      },
    };
  }

  /** @throws NotAllowedError `person-unknown` for somebody who is not in the catalog (any more) (I13). */
  async known(caller: Caller): Promise<void> {
    await personOf(this.deps.people, caller);
  }

  /** All profiles, in words and as JSON. */
  async profiles(caller: Caller): Promise<ProfileList> {
    await this.known(caller);
    const items = await Promise.all(
      this.deps.config.profiles.map(async profile => ({
        ...(await profileSummary(profile)),
        policy: profileDocument(profile),
      })),
    );
    return { items };
  }

  /** One account with its roles, for the caller. */
  async detail(
    caller: Caller,
    resolution: AccountResolution,
  ): Promise<AccountDetail> {
    const { config, people } = this.deps;
    const person = await personOf(people, caller);
    const open = resolution.ok
      ? await this.leases.openOn(person, resolution.account.ref)
      : [];
    const names = await people.names(this.refs());
    const roles = resolution.ok
      ? await Promise.all(
          config.roles.map(role =>
            this.role(role, person, resolution.account, open, names),
          ),
        )
      : [];
    return {
      ...accountSummary(resolution),
      roles,
      stops: resolution.ok
        ? await this.panics.noticesOn(resolution.account.accountId)
        : [],
      // Field by field: the section holds the key of the ticket system (I10).
      ticket: {
        required: config.ticket.required,
        pattern: config.ticket.pattern,
        example: config.ticket.example,
        url: config.ticket.url,
      },
      supportUrl: config.supportUrl,
    };
  }

  /** Everybody whom roles and policies name. */
  private refs(): string[] {
    const { roles, approvalPolicies } = this.deps.config;
    return [
      ...new Set([
        ...roles.flatMap(role => refsOf(role.eligible)),
        ...approvalPolicies.flatMap(refsOfPolicy),
      ]),
    ].filter(ref => ref.includes(':'));
  }

  private async role(
    role: RoleConfig,
    person: Person,
    account: Account,
    open: LeaseSummary[],
    names: Map<string, string>,
  ): Promise<AccountRole> {
    const { config } = this.deps;
    const who = inWords(role.eligible, names);
    const profiles = config.profiles.filter(each =>
      role.profiles.includes(each.id),
    );
    const now = this.deps.clock.now();
    const policies = policiesOn(config, role, account, now);
    const problems = policies.map(({ policy }) =>
      this.deps.resolver.controlPlaneProblem(account, policy),
    );
    const blocked = problems.every(Boolean) ? problems[0] : undefined;
    return {
      id: role.id,
      title: role.title,
      description: role.description,
      roleName: role.arn.split('/').pop()!,
      access: role.access,
      eligible: blocked
        ? refused('control-plane-account', blocked)
        : explainEligible(role, person, account.owner, who),
      eligiblePeople: who,
      profiles: await Promise.all(profiles.map(each => profileSummary(each))),
      durationMinutes: {
        min: MIN_DURATION_MINUTES,
        max: role.maxDurationMinutes,
        suggested: role.suggestedDurationMinutes,
      },
      approvalPolicies: await Promise.all(
        policies.map(async ({ policy, profileIds }) => ({
          id: policy.id,
          words: policyInWords(policy, names),
          order: policy.order,
          steps: policy.steps.map(step => stepSummary(step, names)),
          profileIds,
          emergency: account.controlPlane ? undefined : policy.emergency,
          warning: await this.deps.proofs.finding(
            role,
            policy,
            account.owner,
            person,
          ),
        })),
      ),
      frozen:
        role.access === 'lease'
          ? frozenWords(config, role, account, now)
          : undefined,
      kill: role.kill.type,
      openLeases: open.filter(each => each.role.id === role.id).map(openLease),
    };
  }
}

function openLease(lease: LeaseSummary): OpenLease {
  return {
    id: lease.id,
    status: lease.status as OpenLease['status'],
    profileId: lease.profile.id,
    profileTitle: lease.profile.title,
    requestedAt: lease.requestedAt,
    lapsesAt: lease.lapsesAt,
    activeFrom: lease.activeFrom,
    expiresAt: lease.expiresAt,
    approvalsMissing: lease.approvalsMissing,
    issuingStopped: lease.issuingStopped,
  };
}
