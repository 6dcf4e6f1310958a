import { SessionRequest } from 'backstage-plugin-break-glass-common';
import { Account } from '../accounts/types';
import { BreakGlassConfig, RoleConfig } from '../config/types';
import { Millis, PanicScope, SessionRow, Stores } from '../database/types';
import { inputError } from '../errors';
import { SessionPolicy } from '../profiles/types';
import { consoleDestination } from './consoleUrl';
import { checkedRegion } from './partitions';
import { sessionDuration } from './sessionDuration';
import { sessionName } from './sessionName';
import { AssumeRoleRequest } from './types';

/** What the world says about a session at the moment of a write. */
export interface SessionLook {
  /** Why it may not be issued (any more). */
  problem?: Error;
  leaseVersion?: number;
}

/** Everything about one issue that is known before AWS is asked. */
export interface SessionPlan {
  session: SessionRow;
  assume: AssumeRoleRequest;
  /** For the session tags. */
  ticket?: string;
  residueReviewed: boolean;
  /** Region for the person: console page and shell. */
  region: string;
  /** Console sessions only. */
  destination?: string;
  leaseEndsAt?: Millis;
  warnings: string[];
  /** Whom and what a panic would stop it by. */
  stoppable: PanicScope;
  /** Looks at the lease again, inside the transaction that writes, and locks it. */
  look(stores: Stores, now: Millis): Promise<SessionLook>;
}

/** From what a plan is made. */
export interface SessionPlanInput {
  id: string;
  leaseId?: string;
  requester: string;
  ticket?: string;
  /** Whether the role's guardrails may let things be made that outlive the session. */
  residueReviewed: boolean;
  account: Account;
  role: RoleConfig;
  roleArn: string;
  policy: SessionPolicy;
  consolePath?: string;
  leaseEndsAt?: Millis;
  request: SessionRequest;
  warnings: string[];
  now: Millis;
  stoppable: PanicScope;
  look: SessionPlan['look'];
}

/**
 * Makes the plan of one issue; pure.
 * @throws InputError where a region or destination does not fit,
 *   NotAllowedError `no-active-lease` where no time remains
 */
export function planSession(
  config: BreakGlassConfig,
  input: SessionPlanInput,
): SessionPlan {
  const { account, request, now } = input;
  const name = sessionName(input.requester, input.leaseId ?? input.id);
  const durationSeconds = sessionDuration({
    roleSeconds: input.role.maxSessionSeconds,
    remainingMs:
      input.leaseEndsAt === undefined ? undefined : input.leaseEndsAt - now,
  });
  const region = checkedRegion(
    account.partition,
    request.region ?? account.region,
  );
  return {
    session: sessionRow(input, name, durationSeconds),
    assume: {
      partition: account.partition,
      region: account.region,
      roleArn: input.roleArn,
      sessionName: name,
      durationSeconds,
      externalId: account.externalId,
      sourceIdentity: config.sourceIdentity ? name : undefined,
      policy: input.policy.json,
      managedPolicyArns: input.policy.managedPolicyArns,
    },
    ticket: input.ticket,
    residueReviewed: input.residueReviewed,
    region,
    destination: destinationOf(config, input, region),
    leaseEndsAt: input.leaseEndsAt,
    warnings: input.warnings,
    stoppable: input.stoppable,
    look: input.look,
  };
}

function sessionRow(
  input: SessionPlanInput,
  name: string,
  durationSeconds: number,
): SessionRow {
  return {
    id: input.id,
    leaseId: input.leaseId,
    requester: input.requester,
    accountRef: input.account.ref,
    accountId: input.account.accountId,
    partition: input.account.partition,
    roleId: input.role.id,
    roleArn: input.roleArn,
    type: input.request.type,
    state: 'issuing',
    sessionName: name,
    requestedAt: input.now,
    expiresAt: input.now + durationSeconds * 1_000,
  };
}

function destinationOf(
  config: BreakGlassConfig,
  input: SessionPlanInput,
  region: string,
): string | undefined {
  const { account, request } = input;
  if (request.type !== 'console') {
    if (request.destination !== undefined) {
      throw inputError(
        'invalid-input',
        'A destination is for console sessions only. Leave it out.',
      );
    }
    return undefined;
  }
  return consoleDestination({
    partition: account.partition,
    region,
    consolePath: input.consolePath,
    destination: request.destination,
    configured: config.partitions[account.partition]?.endpoints.console,
  });
}
