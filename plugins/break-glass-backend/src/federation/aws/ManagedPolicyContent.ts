import { createHash } from 'node:crypto';
import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import { Account } from '../../accounts/types';
import { inputError, unavailableError } from '../../errors';
import { ManagedPolicyReader } from '../../leases/LeaseResolver';
import { AwsClients } from './AwsClients';
import { BrokerCredentials } from './BrokerCredentials';

/** AWS's own managed policies: the same in every account of a partition. */
const AWS_MANAGED = /^arn:[a-z-]+:iam::aws:policy\/[\w+=,.@/-]+$/;

/**
 * Reads AWS managed policies as the broker (`iam:GetPolicy`, `iam:GetPolicyVersion`), so that a change of one
 * between approval and use is noticed (I2). A policy that an account keeps itself could be changed by whom the
 * lease serves, and is refused: write its statements into the profile.
 */
export class ManagedPolicyContent implements ManagedPolicyReader {
  constructor(
    private readonly clients: AwsClients,
    private readonly broker: BrokerCredentials,
  ) {}

  /**
   * @throws InputError `profile-not-allowed` for a policy that is not AWS's own
   * @throws ServiceUnavailableError `aws-unavailable` where it cannot be read
   */
  async sha256(account: Account, policyArn: string): Promise<string> {
    if (!AWS_MANAGED.test(policyArn)) {
      throw inputError(
        'profile-not-allowed',
        `The profile names ${policyArn}, which is not one of AWS's own policies. Ask the platform team to write its statements into the profile.`,
      );
    }
    const provider = await this.broker.of(account.partition);
    try {
      const client = this.clients.iam(account.partition, provider);
      const { Policy } = await client.send(
        new GetPolicyCommand({ PolicyArn: policyArn }),
      );
      const { PolicyVersion } = await client.send(
        new GetPolicyVersionCommand({
          PolicyArn: policyArn,
          VersionId: Policy!.DefaultVersionId!,
        }),
      );
      return createHash('sha256')
        .update(decodeURIComponent(PolicyVersion!.Document!))
        .digest('hex');
    } catch {
      throw unavailableError(
        'aws-unavailable',
        `The content of ${policyArn} could not be read. Nothing was issued. Check that the broker may call iam:GetPolicy and iam:GetPolicyVersion.`,
      );
    }
  }
}
