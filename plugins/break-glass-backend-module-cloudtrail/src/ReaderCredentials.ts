import { AssumeRoleCommand, Credentials } from '@aws-sdk/client-sts';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { Partition } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { AwsClients } from './AwsClients';
import {
  noBrokerKeys,
  readerProblem,
  unknownPartition,
} from './accountProblem';
import {
  EventHistoryOptions,
  PartitionOptions,
  readerRoleArn,
} from './readOptions';

/** Credentials of a reader role. */
export interface ReaderKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** An account, and the partition that it is in. */
export interface AccountPlace {
  partition: Partition;
  /** 12 digits. */
  accountId: string;
}

/** The shortest that STS gives. */
const DURATION_SECONDS = 900;
/** Credentials are renewed when this much of their time is left, in milliseconds. */
const RENEW_BEFORE_MS = 5 * 60_000;
const SESSION_NAME = 'break-glass-activity';
/** Whatever else the role may: these credentials may this. */
const ONLY_LOOKING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'cloudtrail:LookupEvents', Resource: '*' },
  ],
});

interface Kept {
  keys: ReaderKeys;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/**
 * Credentials of the reader role of each account, which the broker of its
 * partition assumes. They are kept in memory until shortly before they expire,
 * and go nowhere but into signatures.
 */
export class ReaderCredentials {
  private readonly kept = new Map<string, Kept>();
  private readonly coming = new Map<string, Promise<Kept>>();

  constructor(
    private readonly deps: {
      options: EventHistoryOptions;
      clients: AwsClients;
      manager: AwsCredentialsManager;
      clock: Clock;
    },
  ) {}

  /**
   * Credentials that are good for some minutes more. Whoever comes while they
   * are being fetched gets the same ones, or the same failure.
   * @throws ServiceUnavailableError with the exact fix where the role cannot be assumed
   */
  async of(place: AccountPlace): Promise<ReaderKeys> {
    const key = keyOf(place);
    const known = this.kept.get(key);
    if (known && known.expiresAt - this.deps.clock.now() > RENEW_BEFORE_MS) {
      return known.keys;
    }
    const coming = this.coming.get(key) ?? this.fetch(key, place);
    return (await coming).keys;
  }

  /** Forgets the credentials of an account, because AWS does not take them any more. */
  forget(place: AccountPlace): void {
    this.kept.delete(keyOf(place));
  }

  private fetch(key: string, place: AccountPlace): Promise<Kept> {
    const coming = this.assume(place)
      .then(kept => {
        this.kept.set(key, kept);
        return kept;
      })
      .finally(() => this.coming.delete(key));
    this.coming.set(key, coming);
    return coming;
  }

  private async assume(place: AccountPlace): Promise<Kept> {
    const { options, clients } = this.deps;
    const partition = options.partitions[place.partition];
    if (!partition) {
      throw unknownPartition(place.partition);
    }
    const { partition: name, accountId } = place;
    const roleArn = readerRoleArn(options.readerRoleArn, name, accountId);
    const externalId = options.externalIds[accountId];
    const broker = await this.broker(name, partition);
    const client = clients.sts(
      {
        partition: name,
        region: partition.stsRegion,
        endpoint: partition.stsEndpoint,
      },
      broker,
    );
    try {
      const { Credentials: given } = await client.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: SESSION_NAME,
          DurationSeconds: DURATION_SECONDS,
          ExternalId: externalId,
          Policy: ONLY_LOOKING,
        }),
      );
      return read(given);
    } catch (error) {
      throw readerProblem(error, {
        roleArn,
        brokerAccountId: partition.brokerAccountId,
        withExternalId: externalId !== undefined,
      });
    }
  }

  private async broker(name: Partition, { brokerAccountId }: PartitionOptions) {
    try {
      const found = await this.deps.manager.getCredentialProvider({
        accountId: brokerAccountId,
      });
      return found.sdkCredentialProvider;
    } catch {
      throw noBrokerKeys(name, brokerAccountId);
    }
  }
}

function keyOf({ partition, accountId }: AccountPlace): string {
  return `${partition} ${accountId}`;
}

function read(given: Credentials | undefined): Kept {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Error('an answer without credentials');
  }
  return {
    keys: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    },
    expiresAt: Expiration.getTime(),
  };
}
