import { GetPolicyCommand } from '@aws-sdk/client-iam';
import { unavailableError } from '../../errors';
import { MIN_SESSION_SECONDS } from '../sessionDuration';
import { probeSessionName } from '../sessionName';
import { RoleAssumer, KillProbe, ProbeOutcome } from '../types';
import { AwsClients } from './AwsClients';
import { awsErrorName } from './translateError';

/**
 * Sees with its own eyes that a killed lease is refused. The people's
 * credentials are not kept, so the broker assumes the role once more: under a
 * session name that ends in the lease's id, for 15 minutes, with a session
 * policy that leaves one harmless read. The kill policy must refuse that read
 * too, as it matches on the end of `aws:userid`, and IAM says so in its answer.
 * The credentials never leave this class.
 */
export class BoundaryProbe implements KillProbe {
  constructor(
    private readonly clients: AwsClients,
    private readonly broker: RoleAssumer,
  ) {}

  /** See {@link KillProbe.probe}. */
  async probe(
    target: Parameters<KillProbe['probe']>[0],
  ): Promise<ProbeOutcome> {
    const sessionName = probeSessionName(target.leaseId);
    const { credentials } = await this.broker.assumeRole({
      partition: target.partition,
      region: target.region,
      roleArn: target.roleArn,
      sessionName,
      durationSeconds: MIN_SESSION_SECONDS,
      externalId: target.externalId,
      sourceIdentity: target.sourceIdentity ? sessionName : undefined,
      policy: onlyReading(target.policyArn),
    });
    const { accessKeyId } = credentials;
    try {
      await this.clients
        .iam(target.partition, credentials)
        .send(new GetPolicyCommand({ PolicyArn: target.policyArn }));
    } catch (error) {
      return outcomeOf(error as Error, accessKeyId);
    }
    return { enforced: false, accessKeyId, words: 'the call was allowed' };
  }
}

function onlyReading(policyArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:GetPolicy', Resource: policyArn },
    ],
  });
}

/** Only a refusal that names the boundary proves the kill: the role may lack the read for other reasons. */
function outcomeOf(error: Error, accessKeyId: string): ProbeOutcome {
  const name = awsErrorName(error);
  if (!/^AccessDenied/.test(name)) {
    throw Object.assign(
      unavailableError(
        'aws-unavailable',
        `The probe of a killed lease got no answer from IAM (${name}). It is tried again.`,
      ),
      { accessKeyId },
    );
  }
  return /explicit deny in a permissions boundary/i.test(error.message)
    ? { enforced: true, accessKeyId }
    : {
        enforced: false,
        accessKeyId,
        words: 'the call was refused, but not by the boundary',
      };
}
