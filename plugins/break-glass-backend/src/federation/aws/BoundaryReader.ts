import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { Partition } from 'backstage-plugin-break-glass-common';
import { BoundaryReading, BoundaryReadings } from '../AccountCheck';
import { TemporaryCredentials } from '../types';
import { AwsClients } from './AwsClients';
import { awsErrorName } from './translateError';

/** Reads boundary policies, and changes nothing. */
export class BoundaryReader implements BoundaryReadings {
  constructor(private readonly clients: AwsClients) {}

  /** See {@link BoundaryReadings.read}. */
  async read(
    partition: Partition,
    policyArn: string,
    credentials: TemporaryCredentials,
  ): Promise<BoundaryReading> {
    const client = this.clients.iam(partition, credentials);
    try {
      const { Policy } = await client.send(
        new GetPolicyCommand({ PolicyArn: policyArn }),
      );
      await client.send(
        new ListPolicyVersionsCommand({ PolicyArn: policyArn }),
      );
      await client.send(
        new GetPolicyVersionCommand({
          PolicyArn: policyArn,
          VersionId: Policy?.DefaultVersionId,
        }),
      );
      return Policy?.PermissionsBoundaryUsageCount === 0
        ? { outcome: 'unused' }
        : { outcome: 'read' };
    } catch (error) {
      return {
        outcome: outcomeOf(awsErrorName(error)),
        name: awsErrorName(error),
      };
    }
  }
}

function outcomeOf(name: string): 'denied' | 'missing' | 'unanswered' {
  if (/^AccessDenied/.test(name)) {
    return 'denied';
  }
  return /^NoSuchEntity/.test(name) ? 'missing' : 'unanswered';
}
