import {
  ErrorCode,
  StandingSessionRequest,
} from 'backstage-plugin-break-glass-common';
import { inWords } from '../accounts/principals';
import { Account, Person } from '../accounts/types';
import { RoleConfig } from '../config/types';
import { inputError, notAllowedError, notFoundError } from '../errors';
import { LeaseDependencies } from '../leases/dependencies';
import { explainEligible } from '../leases/explain';
import { roleArn } from '../leases/LeaseResolver';
import { compileProfile, sessionPolicy } from '../profiles';
import { CompiledProfile } from '../profiles/types';
import { planSession, SessionPlan } from './SessionPlan';
import { sessionWarnings } from './sessionWarnings';

type Dependencies = Pick<
  LeaseDependencies,
  'config' | 'resolver' | 'clock' | 'ids'
>;

/**
 * Without a profile a standing role is limited by itself alone, except that
 * its sessions can assume and pass no further role: what is done through one
 * would outlive the hour, and would not be the person's in the logs. A role
 * that needs it gets a profile with `chaining: true`.
 */
const ROLE_ALONE: CompiledProfile = {
  id: 'role-alone',
  title: 'The role alone',
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  managedPolicyArns: [],
  parameters: {},
  chaining: false,
  residueReviewed: false,
};

/** Checks and plans sessions of standing roles. */
export class StandingPlanner {
  constructor(private readonly deps: Dependencies) {}

  /** @throws Error with a stable code where the person may not have the session */
  async plan(
    person: Person,
    accountRef: string,
    request: StandingSessionRequest,
  ): Promise<SessionPlan> {
    const role = this.deps.resolver.role(request.roleId);
    if (role.access !== 'standing') {
      throw inputError(
        'role-not-standing',
        `The role ${role.title} takes a lease: request one.`,
      );
    }
    const account = await this.deps.resolver.account(accountRef);
    this.refuseControlPlane(account);
    const eligible = explainEligible(
      role,
      person,
      account.owner,
      inWords(role.eligible),
    );
    if (!eligible.allowed) {
      const { code, message } = eligible.reasons[0];
      throw notAllowedError(code as ErrorCode, message);
    }
    return this.planned(person, account, role, request);
  }

  private planned(
    person: Person,
    account: Account,
    role: RoleConfig,
    { profileId, roleId, ...request }: StandingSessionRequest,
  ): SessionPlan {
    const now = this.deps.clock.now();
    const profile = this.profile(role, account, profileId);
    return planSession(this.deps.config, {
      id: this.deps.ids.next(),
      requester: person.ref,
      // Nobody reviews a standing session, whatever its profile says.
      residueReviewed: false,
      account,
      role,
      roleArn: roleArn(role, account),
      policy: sessionPolicy(profile, {}),
      consolePath: profile.consolePath,
      request,
      warnings: sessionWarnings(this.deps.config, { role, now }),
      now,
      stoppable: { people: [person], accountId: account.accountId },
      look: async () => ({}),
    });
  }

  /** The profile that was named, else the first that is offered, else the role alone. */
  private profile(
    role: RoleConfig,
    account: Account,
    asked: string | undefined,
  ): CompiledProfile {
    const id = asked ?? role.profiles[0];
    if (id === undefined) {
      return ROLE_ALONE;
    }
    const config = this.deps.config.profiles.find(each => each.id === id);
    if (!config) {
      throw notFoundError('profile-unknown', `There is no profile ${id}.`);
    }
    if (!role.profiles.includes(id)) {
      throw notAllowedError(
        'profile-not-allowed',
        `The profile ${config.title} is not offered for the role ${role.title}.`,
      );
    }
    return compileProfile(config, account, {});
  }

  /** A standing role has no approval, and the control plane takes two (I14). */
  private refuseControlPlane(account: Account): void {
    const hostsBroker = Object.values(this.deps.config.partitions).some(
      partition => partition?.brokerAccountId === account.accountId,
    );
    if (account.controlPlane || hostsBroker) {
      throw notAllowedError(
        'control-plane-account',
        `The account ${account.title} belongs to the control plane of break glass: standing roles cannot be used there. Request a lease with a two-role approval.`,
      );
    }
  }
}
