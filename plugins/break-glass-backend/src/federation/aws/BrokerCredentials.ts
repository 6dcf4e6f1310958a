import {
  AwsCredentialProvider,
  AwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { Partition } from 'backstage-plugin-break-glass-common';
import { BreakGlassConfig } from '../../config/types';
import { inputError, unavailableError } from '../../errors';

/** Supplies AWS credentials to a client; renews them where they expire. */
export type CredentialProvider = AwsCredentialProvider['sdkCredentialProvider'];

/**
 * The broker's own identity: one per partition, as AssumeRole does not cross
 * partitions, or one per account where the partition says so.
 */
export class BrokerCredentials {
  constructor(
    private readonly partitions: BreakGlassConfig['partitions'],
    private readonly manager: AwsCredentialsManager,
  ) {}

  /**
   * @param accountId - account whose roles are to be assumed; needed where each has a broker of its own
   * @throws InputError `partition-unknown` where no broker is configured
   * @throws ServiceUnavailableError `aws-unavailable` where its credentials cannot be found
   */
  async of(
    partition: Partition,
    ofAccount?: string,
  ): Promise<CredentialProvider> {
    const accountId = this.accountId(partition, ofAccount);
    try {
      const found = await this.manager.getCredentialProvider({ accountId });
      return found.sdkCredentialProvider;
    } catch {
      throw unavailableError(
        'aws-unavailable',
        `There are no AWS credentials for the broker account ${accountId} of the partition ${partition}. Nothing was issued. Ask the platform team to add the account under aws.accounts.`,
      );
    }
  }

  /** Account that the broker lives in. */
  accountId(partition: Partition, ofAccount?: string): string {
    const configured = this.partitions[partition];
    if (!configured) {
      throw inputError(
        'partition-unknown',
        `No broker is configured for the partition ${partition}. Ask the platform team to add breakGlass.partitions.${partition}.`,
      );
    }
    return (
      (configured.brokerPerAccount && ofAccount) || configured.brokerAccountId
    );
  }
}
