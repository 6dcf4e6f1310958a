import {
  AssumeRoleCommand,
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Partition } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { unavailableError } from '../../errors';
import {
  AssumeRoleRequest,
  BrokeredCredentials,
  BrokerIdentity,
  CredentialBroker,
} from '../types';
import { AwsClients } from './AwsClients';
import { BrokerCredentials } from './BrokerCredentials';
import { AnswerWatch, LostAnswer, watchAnswer } from './LostAnswer';
import { ServerTime, watchServerTime } from './serverTime';
import {
  answerLost,
  awsErrorName,
  translateAssumeRoleError,
} from './translateError';

/**
 * The broker on STS. AssumeRole is our own call, on the regional endpoint:
 * `DefaultAwsCredentialsManager` only supplies the broker's identity, as it
 * would fix the session name and cache the credentials.
 */
export class StsBroker implements CredentialBroker {
  readonly id = 'sts';

  constructor(
    private readonly deps: {
      clients: AwsClients;
      brokerCredentials: BrokerCredentials;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** See {@link CredentialBroker.assumeRole}. */
  async assumeRole(
    request: AssumeRoleRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<BrokeredCredentials> {
    let time: ServerTime | undefined;
    let answer: AnswerWatch | undefined;
    try {
      const client = await this.client(request, accountOf(request));
      time = watchServerTime(client);
      answer = watchAnswer(client);
      const output = await client.send(new AssumeRoleCommand(input(request)), {
        abortSignal: signal,
      });
      return {
        credentials: read(output),
        serverTime: time.last(),
        assumedRoleArn: output.AssumedRoleUser?.Arn,
        sourceIdentity: output.SourceIdentity,
      };
    } catch (error) {
      const lost = error instanceof LostAnswer || !!answer?.isLost();
      throw lost
        ? this.lost(error as Error, request)
        : this.translated(error, request, time?.last());
    }
  }

  /** See {@link CredentialBroker.identify}. */
  async identify(
    where: { partition: Partition; region: string; accountId?: string },
    { signal }: { signal: AbortSignal },
  ): Promise<BrokerIdentity> {
    const client = await this.client(where, where.accountId);
    const time = watchServerTime(client);
    try {
      const { Account, Arn } = await client.send(
        new GetCallerIdentityCommand({}),
        { abortSignal: signal },
      );
      return {
        accountId: Account ?? 'unknown',
        arn: Arn,
        serverTime: time.last(),
      };
    } catch (error) {
      throw unavailableError(
        'aws-unavailable',
        `AWS STS does not answer to the broker (${awsErrorName(error)}).`,
      );
    }
  }

  /** @throws Error with a stable code where the broker has no credentials there */
  private async client(
    { partition, region }: { partition: Partition; region: string },
    accountId: string | undefined,
  ): Promise<STSClient> {
    const { clients, brokerCredentials } = this.deps;
    const credentials = await brokerCredentials.of(partition, accountId);
    return clients.sts(partition, region, credentials);
  }

  private lost(error: Error, request: AssumeRoleRequest): Error {
    const what =
      error instanceof LostAnswer ? error.message : awsErrorName(error);
    this.warn(request, `${what}, without an answer`);
    return Object.assign(answerLost(what, request.roleArn), {
      unanswered: true,
    });
  }

  private translated(
    error: unknown,
    request: AssumeRoleRequest,
    serverTime?: number,
  ): Error {
    this.warn(request, awsErrorName(error));
    const translated = translateAssumeRoleError(error, {
      roleArn: request.roleArn,
      partition: request.partition,
      brokerAccountId: this.deps.brokerCredentials.accountId(
        request.partition,
        accountOf(request),
      ),
      withExternalId: request.externalId !== undefined,
      withTags: !!request.tags?.length,
      withSourceIdentity: request.sourceIdentity !== undefined,
      durationSeconds: request.durationSeconds,
      skewMs:
        serverTime === undefined
          ? undefined
          : Math.abs(this.deps.clock.now() - serverTime),
    });
    return Object.assign(translated, { unanswered: false });
  }

  private warn(request: AssumeRoleRequest, what: string): void {
    this.deps.logger.warn(
      `AssumeRole of ${request.roleArn} as ${request.sessionName} failed: ${what}`,
    );
  }
}

/** Account of the role, where a broker of that account may have to be asked. */
function accountOf({ roleArn }: AssumeRoleRequest): string {
  return roleArn.split(':')[4];
}

function input(request: AssumeRoleRequest): AssumeRoleCommandInput {
  return {
    RoleArn: request.roleArn,
    RoleSessionName: request.sessionName,
    DurationSeconds: request.durationSeconds,
    ExternalId: request.externalId,
    SourceIdentity: request.sourceIdentity,
    Tags: request.tags?.length ? request.tags : undefined,
    Policy: request.policy,
    PolicyArns: request.managedPolicyArns?.length
      ? request.managedPolicyArns.map(arn => ({ arn }))
      : undefined,
  };
}

function read(
  output: AssumeRoleCommandOutput,
): BrokeredCredentials['credentials'] {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    output.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new LostAnswer('an answer without credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration.getTime(),
  };
}
