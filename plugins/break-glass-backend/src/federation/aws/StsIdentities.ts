import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Partition } from 'backstage-plugin-break-glass-common';
import { BrokerIdentities, BrokerIdentity } from '../SelfCheck';
import { AwsClients } from './AwsClients';
import { BrokerCredentials } from './BrokerCredentials';
import { watchServerTime } from './serverTime';
import { awsErrorName } from './translateError';

/** Asks STS who the broker is. */
export class StsIdentities implements BrokerIdentities {
  constructor(
    private readonly clients: AwsClients,
    private readonly brokerCredentials: BrokerCredentials,
  ) {}

  /** See {@link BrokerIdentities.of}. */
  async of(partition: Partition, region: string): Promise<BrokerIdentity> {
    const credentials = await this.brokerCredentials.of(partition);
    const client = this.clients.sts(partition, region, credentials);
    const time = watchServerTime(client);
    try {
      const { Account } = await client.send(new GetCallerIdentityCommand({}));
      return { accountId: Account ?? 'unknown', serverTime: time.last() };
    } catch (error) {
      throw new Error(
        `AWS STS does not answer to the broker (${awsErrorName(error)}).`,
      );
    }
  }
}
