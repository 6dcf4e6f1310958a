import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { AccessKeyTaken } from '../database/AccessKeyTaken';
import { AuditLog } from '../audit';
import { anchorTag } from '../audit/anchorTag';
import {
  AuditEvent,
  AuditRow,
  Database,
  Millis,
  SessionRow,
  Stores,
} from '../database/types';
import { BreakGlassConfig } from '../config/types';
import { codeOf, conflictError } from '../errors';
import { refuseManySessions } from '../leases/hourlyLimit';
import { refuseStopped, stopProblem } from '../leases/panic/stop';
import { AUDIT } from './auditActions';
import { RejectedAnswer } from './CheckedBroker';
import { SessionPlan } from './SessionPlan';
import { TemporaryCredentials } from './types';

/** Longest session of any role, in milliseconds. */
const MAX_ROLE_SESSION: Millis = 12 * 60 * 60_000;

/** What recording needs. */
export interface RecorderDependencies {
  config: Pick<BreakGlassConfig, 'limits'>;
  database: Database;
  audit: AuditLog;
  clock: Clock;
  logger: LoggerService;
  /** Tells the outbox that there is something to deliver. */
  wake: () => void;
}

/** Of credentials that nobody gets: their key, where one is known, and their end as the broker said it. */
export type DiscardedAnswer = Pick<RejectedAnswer, 'accessKeyId' | 'expiresAt'>;

/** What became of a session when it was completed. */
export type Completion =
  | { issued: true; row: SessionRow }
  /** The lease ended meanwhile: the session is recorded as thrown away. */
  | { issued: false; problem: Error };

/** Writes every step of one session with its audit entry. It never sees more of a secret than the access key id. */
export class SessionRecorder {
  constructor(private readonly deps: RecorderDependencies) {}

  /**
   * Records the session as `issuing`, before AWS is asked.
   * @returns head of the audit log, for the session tag
   * @throws what {@link SessionPlan.look} found, NotAllowedError `stopped-by-panic`
   */
  async begin(plan: SessionPlan): Promise<string> {
    const now = this.now();
    return this.deps.database.transaction(async stores => {
      await refuseStopped(stores, plan.stoppable);
      const { problem, leaseVersion } = await plan.look(stores, now);
      if (problem) {
        throw problem;
      }
      await stores.sessions.insert({ ...plan.session, leaseVersion });
      const head = await this.entry(stores, plan, AUDIT.issuing, {
        leaseVersion,
        durationSeconds: plan.assume.durationSeconds,
        latestEnd: plan.session.expiresAt,
      });
      await refuseManySessions(stores, this.deps.config, plan.session);
      return anchorTag(head);
    });
  }

  /**
   * Completes the session and looks at the lease again, in one transaction
   * (pitfall 10). The look locks the lease: an end is either seen by it, or waits
   * and finds the session issued. Panics are asked for after the audit entry, whose
   * head they take too: one is either seen, or comes after the session was issued.
   */
  async complete(
    plan: SessionPlan,
    credentials: TemporaryCredentials,
  ): Promise<Completion> {
    const now = this.now();
    const expiresAt = Math.min(
      credentials.expiresAt,
      plan.leaseEndsAt ?? Infinity,
    );
    const { accessKeyId } = credentials;
    const change = { accessKeyId, issuedAt: now, expiresAt };
    let problem: Error | undefined;
    try {
      await this.deps.database.transaction(async stores => {
        problem = undefined;
        await finish(stores, plan, { state: 'issued', ...change });
        ({ problem } = await plan.look(stores, now));
        if (problem) {
          throw problem;
        }
        await this.tell(stores, plan, []);
        // Last: it locks the head of the log, which everybody waits for, until the commit.
        await this.entry(stores, plan, AUDIT.issued, {
          accessKeyId,
          expiresAt,
        });
        problem = await stopProblem(stores, plan.stoppable);
        if (problem) {
          throw problem;
        }
      });
    } catch (error) {
      if (problem === undefined) {
        throw error;
      }
      await this.discarded(plan, credentials, problem);
      return { issued: false, problem };
    }
    this.deps.wake();
    return {
      issued: true,
      row: { ...plan.session, state: 'issued', ...change },
    };
  }

  /** AWS gave nothing: the lease is unharmed, the attempt is on record. Never throws. */
  async refused(plan: SessionPlan, error: unknown): Promise<void> {
    await this.bestEffort(plan, () =>
      this.deps.database.transaction(async stores => {
        const errorCode = codeOf(error) ?? 'aws-refused';
        await finish(stores, plan, { state: 'refused', errorCode });
        await this.entry(stores, plan, AUDIT.issue, {}, errorCode);
        await this.tell(stores, plan, []);
      }),
    );
  }

  /**
   * Nobody knows whether AWS gave a secret: it counts as one that nobody gets,
   * without a key, until the latest end that it could have. Never throws.
   */
  async unanswered(plan: SessionPlan, error: unknown): Promise<void> {
    const expiresAt = this.now() + plan.assume.durationSeconds * 1_000;
    await this.discarded(plan, { expiresAt }, error);
  }

  /**
   * AWS gave a secret that nobody gets. What cannot be written leaves the row
   * `issuing`, which counts as alive until its latest end. Never throws.
   */
  async discarded(
    plan: SessionPlan,
    answer: DiscardedAnswer,
    error: unknown,
  ): Promise<void> {
    const write = (
      recordedKey: string | undefined,
      errorCode = codeOf(error) ?? 'ended-while-issuing',
    ) =>
      this.deps.database.transaction(stores =>
        this.writeDiscarded(stores, plan, {
          ...answer,
          recordedKey,
          errorCode,
        }),
      );
    await this.bestEffort(plan, () =>
      write(answer.accessKeyId).catch(failed => {
        if (failed instanceof AccessKeyTaken) {
          this.deps.logger.error(
            `The broker gave session ${plan.session.id} an access key that ${failed.holder} has already: ${answer.accessKeyId}. It was thrown away.`,
          );
          // The key proves the calls of whoever had it first.
          return write(undefined, 'broker-answer');
        }
        throw failed;
      }),
    );
  }

  private async writeDiscarded(
    stores: Stores,
    plan: SessionPlan,
    {
      accessKeyId,
      recordedKey,
      expiresAt,
      errorCode,
    }: DiscardedAnswer & { recordedKey?: string; errorCode: string },
  ): Promise<void> {
    await finish(stores, plan, {
      state: 'discarded',
      accessKeyId: recordedKey,
      issuedAt: this.now(),
      expiresAt: latestEnd(plan, expiresAt, this.now()),
      errorCode,
    });
    await this.entry(stores, plan, AUDIT.discarded, { accessKeyId }, errorCode);
    await this.tell(stores, plan, ['kill']);
  }

  private async bestEffort(
    plan: SessionPlan,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
      this.deps.wake();
    } catch (error) {
      this.deps.logger.error(
        `How session ${plan.session.id} ended could not be recorded: ${error}`,
      );
    }
  }

  private async tell(
    stores: Stores,
    plan: SessionPlan,
    also: Array<'kill'>,
  ): Promise<void> {
    const { leaseId } = plan.session;
    if (leaseId) {
      const kinds = ['signal' as const, ...also];
      await stores.outbox.enqueue(
        kinds.map(kind => ({ kind, leaseId })),
        this.now(),
      );
    }
  }

  /** An entry with a code is a failure. The entry is the head of the log until the transaction ends. */
  private async entry(
    stores: Stores,
    plan: SessionPlan,
    action: string,
    details: AuditEvent['details'],
    code?: string,
  ): Promise<AuditRow> {
    const { id, leaseId, requester, accountRef, ...session } = plan.session;
    const { roleArn, type, sessionName } = session;
    return this.deps.audit.record(stores, {
      at: this.now(),
      actor: requester,
      action,
      outcome: code ? 'failed' : 'done',
      leaseId,
      accountRef,
      code,
      details: { sessionId: id, type, roleArn, sessionName, ...details },
    });
  }

  private now(): Millis {
    return this.deps.clock.now();
  }
}

/** When credentials that were thrown away may end: what AWS can give at most bounds what a broker says. */
function latestEnd(plan: SessionPlan, said: Millis, now: Millis): Millis {
  const most = now + MAX_ROLE_SESSION;
  return said <= most ? Math.max(said, plan.session.expiresAt) : most;
}

/** A session is completed once, whoever was first. */
async function finish(
  stores: Stores,
  plan: SessionPlan,
  change: Partial<SessionRow>,
): Promise<void> {
  if (!(await stores.sessions.complete(plan.session.id, change))) {
    throw conflictError(
      'conflict',
      `The session ${plan.session.id} was completed before.`,
    );
  }
}
