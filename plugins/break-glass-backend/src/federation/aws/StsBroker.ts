import {
  AssumeRoleCommand,
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
} from '@aws-sdk/client-sts';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import {
  AssumeRoleRequest,
  BrokeredCredentials,
  CredentialBroker,
} from '../types';
import { AwsClients } from './AwsClients';
import { BrokerCredentials } from './BrokerCredentials';
import { watchServerTime } from './serverTime';
import {
  awsErrorName,
  awsUnavailable,
  translateAssumeRoleError,
} from './translateError';

/**
 * The broker on STS. AssumeRole is our own call, on the regional endpoint:
 * `DefaultAwsCredentialsManager` only supplies the broker's identity, as it
 * would fix the session name and cache the credentials.
 */
export class StsBroker implements CredentialBroker {
  constructor(
    private readonly deps: {
      clients: AwsClients;
      brokerCredentials: BrokerCredentials;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** See {@link CredentialBroker.assumeRole}. */
  async assumeRole(request: AssumeRoleRequest): Promise<BrokeredCredentials> {
    const { clients, brokerCredentials } = this.deps;
    const credentials = await brokerCredentials.of(request.partition);
    const client = clients.sts(request.partition, request.region, credentials);
    const time = watchServerTime(client);
    try {
      const output = await client.send(new AssumeRoleCommand(input(request)));
      return { credentials: read(output), serverTime: time.last() };
    } catch (error) {
      throw this.translated(error, request, time.last());
    }
  }

  private translated(
    error: unknown,
    request: AssumeRoleRequest,
    serverTime?: number,
  ): Error {
    this.deps.logger.warn(
      `AssumeRole of ${request.roleArn} as ${
        request.sessionName
      } failed: ${awsErrorName(error)}`,
    );
    return translateAssumeRoleError(error, {
      roleArn: request.roleArn,
      partition: request.partition,
      brokerAccountId: this.deps.brokerCredentials.accountId(request.partition),
      withExternalId: request.externalId !== undefined,
      withTags: !!request.tags?.length,
      withSourceIdentity: request.sourceIdentity !== undefined,
      durationSeconds: request.durationSeconds,
      skewMs:
        serverTime === undefined
          ? undefined
          : Math.abs(this.deps.clock.now() - serverTime),
    });
  }
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
    throw awsUnavailable('STS', 'an answer without credentials');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration.getTime(),
  };
}
