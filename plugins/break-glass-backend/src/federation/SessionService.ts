import {
  ErrorCode,
  Explanation,
  IssuedSession,
  SessionRequest,
  StandingSessionRequest,
} from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { PolicyFinding } from '../approvals';
import { RoleConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { conflictError, notAllowedError } from '../errors';
import {
  attempt,
  Caller,
  LeaseDependencies,
  personOf,
} from '../leases/dependencies';
import { mayRead } from '../leases/explain';
import { ResolvedChoice } from '../leases/LeaseResolver';
import { leaseUnknown } from '../leases/leaseUnknown';
import { explainStop, panicScope } from '../leases/panic/stop';
import { peopleOf } from '../leases/peopleOf';
import { sessionPolicy } from '../profiles';
import { AUDIT } from './auditActions';
import { refuseClockSkew } from '../leases/clockSkew';
import { inOrder } from '../inOrder';
import { explainHolder, explainIssue, explainState } from './explainIssue';
import { IssuingStop } from './IssuingStop';
import { IssuerDependencies, SessionIssuer } from './SessionIssuer';
import { planSession, SessionPlan } from './SessionPlan';
import { sessionWarnings } from './sessionWarnings';
import { StandingPlanner } from './StandingPlanner';

/** What the session service needs. */
export type SessionDependencies = LeaseDependencies & IssuerDependencies;

/**
 * Issues credentials and console URLs, under leases and for standing roles (I3). Nothing is issued with clocks apart
 * (I11), or on a database older than its anchor (I6).
 */
export class SessionService {
  private readonly issuer: SessionIssuer;
  private readonly stop: IssuingStop;
  private readonly standing: StandingPlanner;

  constructor(private readonly deps: SessionDependencies) {
    this.issuer = new SessionIssuer(deps);
    this.stop = new IssuingStop(deps);
    this.standing = new StandingPlanner(deps);
  }

  /**
   * Issues one session under a lease, to its requester.
   * @throws Error with a stable code; nothing was handed out then, and refusals are audited
   */
  async issue(
    caller: Caller,
    leaseId: string,
    request: SessionRequest,
  ): Promise<IssuedSession> {
    const what = {
      actor: caller.ref,
      action: AUDIT.issue,
      leaseId,
      details: { type: request.type },
    };
    return attempt(this.deps, what, async () => {
      const [, person, { value: found, at }] = await inOrder([
        this.deps.audit.assertNotRestored(),
        personOf(this.deps.people, caller),
        // With the database's clock, in one statement.
        this.timed(this.deps.database.leases.withDecisions(leaseId)),
      ]);
      if (!found || !mayRead(this.deps.config, found.row, person)) {
        throw leaseUnknown(leaseId);
      }
      const { row, databaseNow } = found;
      refuseClockSkew(at, databaseNow, 'the database');
      const now = this.deps.clock.now();
      refuse(explainHolder(row, person, now));
      const choice = await this.unchanged(row);
      const { role, account } = choice;
      const accountOwner = account.owner;
      const unsafe = await this.unsafe(row, role, accountOwner);
      refuse(explainIssue({ row, person, role, accountOwner, unsafe, now }));
      return this.issuer.issue(this.plan(row, person, choice, request));
    });
  }

  /**
   * Issues one session of a standing role: no lease, the same checks.
   * @throws Error with a stable code; nothing was handed out then, and refusals are audited
   */
  async issueStanding(
    caller: Caller,
    accountRef: string,
    request: StandingSessionRequest,
  ): Promise<IssuedSession> {
    const what = {
      actor: caller.ref,
      action: AUDIT.issue,
      accountRef,
      details: { type: request.type, roleId: request.roleId },
    };
    return attempt(this.deps, what, async () => {
      const { database, audit } = this.deps;
      const [{ value: databaseNow, at }, , person] = await inOrder([
        this.timed(database.now()),
        audit.assertNotRestored(),
        personOf(this.deps.people, caller),
      ]);
      refuseClockSkew(at, databaseNow, 'the database');
      const plan = await this.standing.plan(person, accountRef, request);
      return this.issuer.issue(plan);
    });
  }

  /** Whether a person could have credentials under a lease now, for pages. AWS and the catalog's account are not asked. */
  async explain(lease: {
    row: LeaseRow;
    person: Person;
  }): Promise<Explanation> {
    const { row, person } = lease;
    const role = this.deps.config.roles.find(({ id }) => id === row.roleId);
    const { accountOwner } = row;
    const issue = explainIssue({
      ...lease,
      role,
      accountOwner,
      unsafe: await this.unsafe(row, role, accountOwner),
      now: this.deps.clock.now(),
    });
    // To others, a panic says nothing about it.
    if (row.requester !== person.ref) {
      return issue;
    }
    const stop = await explainStop(
      this.deps.database,
      panicScope(row, [person]),
    );
    return stop.allowed ? issue : stop;
  }

  /** Only what people approved depends on who they are: conditions and emergencies are one person's alone by design. */
  private async unsafe(
    row: LeaseRow,
    role: RoleConfig | undefined,
    accountOwner: string | undefined,
  ): Promise<PolicyFinding | undefined> {
    const { approvalPolicy } = row.scope;
    return role && row.approvalKind === 'people'
      ? this.deps.proofs.unsafe(
          role,
          approvalPolicy,
          accountOwner,
          peopleOf(row),
        )
      : undefined;
  }

  /** What was read, and our clock at that moment: what else is waited for counts into no difference of clocks. */
  private async timed<T>(read: Promise<T>): Promise<{ value: T; at: number }> {
    const value = await read;
    return { value, at: this.deps.clock.now() };
  }

  /** Account, role and profile must still be what was approved, or the lease issues nothing more (I2, pitfall 5). */
  private async unchanged(row: LeaseRow): Promise<ResolvedChoice> {
    const resolution = await this.deps.resolver.resolve(row);
    if (resolution.ok && resolution.scopeHash === row.scopeHash) {
      return resolution;
    }
    const words = `What this lease names has changed since it was approved${
      resolution.ok ? '' : ` (${resolution.message})`
    }. Nothing more is issued under it; request a new lease.`;
    await this.stop.stop(row.id, words);
    throw conflictError('scope-drift', words);
  }

  private plan(
    row: LeaseRow,
    person: Person,
    choice: ResolvedChoice,
    request: SessionRequest,
  ): SessionPlan {
    const now = this.deps.clock.now();
    const leaseEndsAt = row.expiresAt!;
    const { account, role, roleArn, profile } = choice;
    return planSession(this.deps.config, {
      id: this.deps.ids.next(),
      leaseId: row.id,
      requester: row.requester,
      ticket: row.ticket,
      residueReviewed: row.scope.residueReviewed,
      account,
      role,
      roleArn,
      policy: sessionPolicy(profile, { leaseEndsAt }),
      consolePath: profile.consolePath,
      leaseEndsAt,
      request,
      warnings: sessionWarnings(this.deps.config, { role, leaseEndsAt, now }),
      now,
      stoppable: panicScope(row, [person]),
      look: lookAtLease(row),
    });
  }
}

/** Looks whether the lease still lets the session out: same end, same scope, active. */
function lookAtLease(checked: LeaseRow): SessionPlan['look'] {
  return async (stores, now) => {
    const row = await stores.leases.lock(checked.id);
    const state = row && explainState(row, now);
    if (!row || !state?.allowed) {
      const reason = state?.reasons[0];
      return {
        problem: notAllowedError(
          (reason?.code ?? 'no-active-lease') as ErrorCode,
          reason?.message ?? 'This lease is gone.',
        ),
      };
    }
    const changed =
      row.scopeHash !== checked.scopeHash ||
      row.expiresAt! < checked.expiresAt!;
    return changed
      ? {
          problem: conflictError(
            'scope-drift',
            'This lease was changed at the same moment. Try again.',
          ),
        }
      : { leaseVersion: row.version };
  };
}

function refuse({ allowed, reasons }: Explanation): void {
  if (!allowed) {
    throw notAllowedError(reasons[0].code as ErrorCode, reasons[0].message);
  }
}
