import { LoggerService } from '@backstage/backend-plugin-api';
import { Partition } from 'backstage-plugin-break-glass-common';
import {
  Clock,
  orAborted,
  redactText,
} from 'backstage-plugin-break-glass-node';
import { codeOf, unavailableError } from '../errors';
import { answerProblem, keyIdOf } from './answerProblem';
import { BrokerIdentities } from './SelfCheck';
import {
  AssumeRoleRequest,
  BrokeredCredentials,
  BrokerIdentity,
  CredentialBroker,
  RoleAssumer,
} from './types';

/** Longest time for one answer of a broker, its own retries included, in milliseconds. */
const ANSWER_TIMEOUT_MS = 30_000;

/** An answer that was thrown away, with what must be on record of it. */
export type RejectedAnswer = Error & {
  /** Absent where what came is no key id. */
  accessKeyId?: string;
  /** Epoch milliseconds, as the broker said; not a number where it said none. */
  expiresAt: number;
};

/** An error of a broker, and whether AWS may have issued all the same. */
export type UnansweredError = Error & { unanswered: boolean };

/**
 * The only way to a broker: whatever it returns is checked, and thrown away
 * where it is not what was asked (fail closed). What it throws without a code of
 * ours is put into our words, as others may write secrets into theirs.
 */
export class CheckedBroker implements RoleAssumer, BrokerIdentities {
  constructor(
    private readonly deps: {
      broker: CredentialBroker;
      clock: Clock;
      logger: LoggerService;
      /** Default: 30,000. */
      answerTimeoutMs?: number;
    },
  ) {}

  /** See {@link RoleAssumer.assumeRole}. */
  async assumeRole(request: AssumeRoleRequest): Promise<BrokeredCredentials> {
    const answer = await this.asking(request.roleArn, (broker, signal) =>
      broker.assumeRole(request, { signal }),
    );
    const problem = answerProblem(request, answer, this.deps.clock.now());
    if (problem) {
      throw this.rejected(request, answer, problem);
    }
    return answer;
  }

  /** See {@link BrokerIdentities.of}. */
  async of(
    partition: Partition,
    region: string,
    accountId?: string,
  ): Promise<BrokerIdentity> {
    return this.asking(partition, (broker, signal) =>
      broker.identify({ partition, region, accountId }, { signal }),
    );
  }

  private async asking<T>(
    what: string,
    ask: (broker: CredentialBroker, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { broker, answerTimeoutMs = ANSWER_TIMEOUT_MS } = this.deps;
    const signal = AbortSignal.timeout(answerTimeoutMs);
    try {
      return await orAborted(ask(broker, signal), signal);
    } catch (error) {
      throw this.inOurWords(error, what);
    }
  }

  private inOurWords(error: unknown, what: string): UnansweredError {
    if (codeOf(error)) {
      const coded = error as Error;
      coded.message = redactText(coded.message);
      return Object.assign(coded, { unanswered: isUnanswered(coded) });
    }
    const { id } = this.deps.broker;
    this.deps.logger.warn(
      `The credential broker '${id}' failed for ${what}: ${nameOf(error)}`,
    );
    const words = `The credential broker '${id}' gave nothing for ${what} (${nameOf(
      error,
    )}). Nothing was handed out. Try again in a minute; if it stays so, ask the platform team to look at the broker's log.`;
    return Object.assign(unavailableError('aws-unavailable', words), {
      unanswered: isUnanswered(error),
    });
  }

  /** Says what is wrong with an answer, to people and in the log, and what must be on record of it. */
  rejected(
    request: AssumeRoleRequest,
    answer: BrokeredCredentials,
    problem: string,
  ): RejectedAnswer {
    const words = `The answer of the credential broker '${this.deps.broker.id}' for ${request.roleArn} was thrown away: ${problem}. Nothing was issued. Ask the platform team to put the broker right.`;
    this.deps.logger.error(words);
    return Object.assign(unavailableError('broker-answer', words), {
      accessKeyId: keyIdOf(answer),
      expiresAt: Number(answer?.credentials?.expiresAt ?? NaN),
    });
  }
}

/**
 * Whether AWS may have issued credentials that nobody got. A broker knows and
 * says so, or it is told from the code: without one, nobody knows what happened.
 */
export function isUnanswered(error: unknown): boolean {
  const { unanswered } = Object(error) as { unanswered?: unknown };
  const code = codeOf(error);
  return typeof unanswered === 'boolean'
    ? unanswered
    : code === undefined || code === 'aws-unavailable';
}

/** Whether AWS gave credentials that the check threw away. */
export function isRejectedAnswer(error: unknown): error is RejectedAnswer {
  return codeOf(error) === 'broker-answer';
}

function nameOf(error: unknown): string {
  const name = (error as Error | undefined)?.name ?? 'unknown';
  return /^[A-Za-z0-9.]{1,64}$/.test(name) ? name : 'unknown';
}
