import { IssuedSession } from 'backstage-plugin-break-glass-common';
import { BreakGlassConfig } from '../config/types';
import { SessionRow } from '../database/types';
import { conflictError, unavailableError } from '../errors';
import { iso, sessionView } from '../leases/leaseView';
import { refuseClockSkew } from '../leases/clockSkew';
import { AccessKeyTaken } from '../database/AccessKeyTaken';
import { CheckedBroker, isRejectedAnswer, isUnanswered } from './CheckedBroker';
import { ConsoleSignIn } from './ConsoleSignIn';
import { signInEndpoint } from './partitions';
import { SessionPlan } from './SessionPlan';
import {
  Completion,
  RecorderDependencies,
  SessionRecorder,
} from './SessionRecorder';
import { sessionTags } from './sessionTags';
import { BrokeredCredentials, TemporaryCredentials } from './types';

/** What issuing needs. */
export interface IssuerDependencies extends RecorderDependencies {
  config: BreakGlassConfig;
  broker: Pick<CheckedBroker, 'assumeRole' | 'rejected'>;
  signIn: ConsoleSignIn;
}

/**
 * The order of I3: the session is recorded, then AWS is asked, then the session
 * is completed and the lease looked at again, and only then anything is handed
 * out. Whatever fails on the way leaves a record and no secret.
 */
export class SessionIssuer {
  private readonly recorder: SessionRecorder;

  constructor(private readonly deps: IssuerDependencies) {
    this.recorder = new SessionRecorder(deps);
  }

  /**
   * Issues one session by its plan.
   * @throws Error with a stable code; nothing was handed out then
   */
  async issue(plan: SessionPlan): Promise<IssuedSession> {
    const anchor = await this.recorder.begin(plan);
    const brokered = await this.assume(plan, anchor);
    const { credentials } = brokered;
    const consoleUrl = await this.prepare(plan, brokered);
    const completion = await this.complete(plan, brokered);
    if (!completion.issued) {
      throw conflictError(
        'ended-while-issuing',
        `The lease ended while its credentials were being issued; they were thrown away. ${completion.problem.message}`,
      );
    }
    return answer(plan, completion.row, credentials, consoleUrl);
  }

  private async assume(
    plan: SessionPlan,
    anchor: string,
  ): Promise<BrokeredCredentials> {
    const { leaseId, requester } = plan.session;
    const { ticket, residueReviewed } = plan;
    const tags = this.deps.config.sessionTags
      ? sessionTags({ leaseId, requester, ticket, residueReviewed, anchor })
      : undefined;
    try {
      return await this.deps.broker.assumeRole({ ...plan.assume, tags });
    } catch (error) {
      if (isRejectedAnswer(error)) {
        await this.recorder.discarded(plan, error, error);
      } else if (isUnanswered(error)) {
        await this.recorder.unanswered(plan, error);
      } else {
        await this.recorder.refused(plan, error);
      }
      throw error;
    }
  }

  /** The last things that can go wrong before the session counts as issued. @returns the sign-in URL of a console session */
  private async prepare(
    plan: SessionPlan,
    { credentials, serverTime }: BrokeredCredentials,
  ): Promise<string | undefined> {
    try {
      if (serverTime !== undefined) {
        refuseClockSkew(this.deps.clock.now(), serverTime, 'AWS STS');
      }
      return plan.destination === undefined
        ? undefined
        : await this.signIn(plan, plan.destination, credentials);
    } catch (error) {
      await this.recorder.discarded(plan, credentials, error);
      throw error;
    }
  }

  private async signIn(
    plan: SessionPlan,
    destination: string,
    credentials: TemporaryCredentials,
  ): Promise<string> {
    const { partition, region } = plan.assume;
    const configured = this.deps.config.partitions[partition]?.endpoints.signIn;
    return this.deps.signIn.url({
      endpoint: signInEndpoint(partition, region, configured),
      issuer: this.deps.config.issuer,
      destination,
      credentials,
    });
  }

  private async complete(
    plan: SessionPlan,
    brokered: BrokeredCredentials,
  ): Promise<Completion> {
    const { credentials } = brokered;
    try {
      return await this.recorder.complete(plan, credentials);
    } catch (error) {
      if (error instanceof AccessKeyTaken) {
        const rejected = this.deps.broker.rejected(
          plan.assume,
          brokered,
          `${error.holder} has its access key ${credentials.accessKeyId} already, and AWS gives none twice`,
        );
        await this.recorder.discarded(plan, rejected, rejected);
        throw rejected;
      }
      this.deps.logger.error(
        `Session ${plan.session.id} could not be recorded and was thrown away: ${error}`,
      );
      await this.recorder.discarded(plan, credentials, error);
      throw unavailableError(
        'ended-while-issuing',
        'The session could not be recorded, so its credentials were thrown away. Try again in a minute.',
      );
    }
  }
}

/** The one answer that carries secrets (I10). */
function answer(
  plan: SessionPlan,
  row: SessionRow,
  credentials: TemporaryCredentials,
  consoleUrl: string | undefined,
): IssuedSession {
  const base = {
    session: sessionView(row),
    region: plan.region,
    warnings: plan.warnings,
  };
  if (consoleUrl !== undefined) {
    return { type: 'console', ...base, consoleUrl };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    type: 'credentials',
    ...base,
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiration: iso(row.expiresAt),
    },
  };
}
