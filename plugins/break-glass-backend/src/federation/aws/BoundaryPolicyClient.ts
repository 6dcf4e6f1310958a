import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListPolicyVersionsCommand,
  PolicyVersion,
} from '@aws-sdk/client-iam';
import { unavailableError } from '../../errors';
import { MIN_SESSION_SECONDS } from '../sessionDuration';
import {
  BoundaryPolicies,
  BoundaryPolicy,
  BoundaryTarget,
  RoleAssumer,
} from '../types';
import { AwsClients } from './AwsClients';
import { awsErrorName } from './translateError';

/** Versions that IAM keeps of one managed policy. */
const MAX_VERSIONS = 5;
const SESSION_NAME = 'break-glass-killer';

class OpenBoundary implements BoundaryPolicy {
  constructor(
    private readonly client: IAMClient,
    private readonly policyArn: string,
  ) {}

  async read(): Promise<unknown> {
    return this.asking('read', async () => {
      const inUse = (await this.versions()).find(each => each.IsDefaultVersion);
      const { PolicyVersion: version } = await this.client.send(
        new GetPolicyVersionCommand({
          PolicyArn: this.policyArn,
          VersionId: inUse?.VersionId,
        }),
      );
      return parseDocument(version?.Document);
    });
  }

  async replace(document: string): Promise<void> {
    await this.asking('change', async () => {
      const versions = await this.versions();
      if (versions.length >= MAX_VERSIONS) {
        await this.client.send(
          new DeletePolicyVersionCommand({
            PolicyArn: this.policyArn,
            VersionId: oldestUnused(versions),
          }),
        );
      }
      await this.client.send(
        new CreatePolicyVersionCommand({
          PolicyArn: this.policyArn,
          PolicyDocument: document,
          SetAsDefault: true,
        }),
      );
    });
  }

  private async versions(): Promise<PolicyVersion[]> {
    const { Versions } = await this.client.send(
      new ListPolicyVersionsCommand({ PolicyArn: this.policyArn }),
    );
    return Versions ?? [];
  }

  private async asking<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw unavailableError(
        'aws-unavailable',
        `IAM did not let the broker ${what} the kill policy ${
          this.policyArn
        } (${awsErrorName(
          error,
        )}). Live credentials are not refused yet; this is tried again. If it stays so, check the killer role of the account.`,
      );
    }
  }
}

/**
 * Boundary policies in IAM. The broker reaches each as the account's killer
 * role, which may list, read, create and delete versions of that one policy.
 */
export class BoundaryPolicyClient implements BoundaryPolicies {
  constructor(
    private readonly clients: AwsClients,
    private readonly broker: RoleAssumer,
  ) {}

  /** See {@link BoundaryPolicies.open}. */
  async open(target: BoundaryTarget): Promise<BoundaryPolicy> {
    const { credentials } = await this.broker.assumeRole({
      partition: target.partition,
      region: target.region,
      roleArn: target.killerRoleArn,
      sessionName: SESSION_NAME,
      durationSeconds: MIN_SESSION_SECONDS,
      externalId: target.externalId,
    });
    return new OpenBoundary(
      this.clients.iam(target.partition, credentials),
      target.policyArn,
    );
  }
}

/** Versions are numbered `v1`, `v2`, … in the order they were made. */
function oldestUnused(versions: PolicyVersion[]): string | undefined {
  const number = (version: PolicyVersion) =>
    Number(version.VersionId?.slice(1));
  return versions
    .filter(version => !version.IsDefaultVersion)
    .sort((a, b) => number(a) - number(b))[0]?.VersionId;
}

/** IAM hands documents out URL-encoded; one that cannot be read equals none of ours. */
function parseDocument(text: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(text ?? ''));
  } catch {
    return undefined;
  }
}
