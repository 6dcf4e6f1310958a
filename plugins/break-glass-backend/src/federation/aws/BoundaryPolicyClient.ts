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
import { BoundaryVersion } from '../overwrittenLeases';
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
  /** What the last read saw. */
  private seen: PolicyVersion[] = [];

  constructor(
    private readonly client: IAMClient,
    private readonly policyArn: string,
  ) {}

  async read(): Promise<unknown> {
    return this.asking('read', async () => {
      this.seen = await this.versions();
      return this.document(inUse(this.seen)?.VersionId);
    });
  }

  async history(): Promise<BoundaryVersion[]> {
    return this.asking('read', async () => {
      const read = await Promise.all(
        inOrder(this.seen).map(version => this.versionIfThere(version)),
      );
      return read.filter(version => version !== undefined);
    });
  }

  async replace(document: string): Promise<unknown[]> {
    return this.asking('change', async () => {
      const before = await this.versions();
      if (inUse(before)?.VersionId !== inUse(this.seen)?.VersionId) {
        // Written over, it would be known by nobody if we stopped here.
        const others = idsOfOthers(this.seen, before, before);
        return Promise.all(others.map(id => this.document(id)));
      }
      await this.makeRoom(before);
      const { PolicyVersion: ours } = await this.client.send(
        new CreatePolicyVersionCommand({
          PolicyArn: this.policyArn,
          PolicyDocument: document,
          SetAsDefault: true,
        }),
      );
      const after = await this.versions();
      const overwritten = idsOfOthers(this.seen, before, after).filter(
        id => id !== ours?.VersionId,
      );
      return Promise.all(overwritten.map(id => this.document(id)));
    });
  }

  /**
   * What stands after the version in force is undone or was never in force. It is deleted, as below our version it
   * would look like one that we did not know of.
   */
  private async makeRoom(versions: PolicyVersion[]): Promise<void> {
    const undone = undoneIn(versions);
    const left = versions.filter(version => !undone.includes(version));
    const oldest = left.length >= MAX_VERSIONS ? [oldestUnused(left)] : [];
    for (const version of [...undone, ...oldest]) {
      await this.client.send(
        new DeletePolicyVersionCommand({
          PolicyArn: this.policyArn,
          VersionId: version?.VersionId,
        }),
      );
    }
  }

  /** Undefined where it was deleted since: what others delete holds up nothing. */
  private async versionIfThere({
    VersionId,
    CreateDate,
  }: PolicyVersion): Promise<BoundaryVersion | undefined> {
    try {
      const document = await this.document(VersionId);
      return { createdAt: CreateDate?.getTime(), document };
    } catch (error) {
      if (awsErrorName(error).startsWith('NoSuchEntity')) {
        return undefined;
      }
      throw error;
    }
  }

  private async document(versionId: string | undefined): Promise<unknown> {
    const { PolicyVersion: version } = await this.client.send(
      new GetPolicyVersionCommand({
        PolicyArn: this.policyArn,
        VersionId: versionId,
      }),
    );
    return parseDocument(version?.Document);
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

function inUse(versions: PolicyVersion[]): PolicyVersion | undefined {
  return versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
}

/** Versions are numbered `v1`, `v2`, … in the order they were made. */
function inOrder(versions: PolicyVersion[]): PolicyVersion[] {
  const number = ({ VersionId }: PolicyVersion) => Number(VersionId?.slice(1));
  return [...versions].sort((a, b) => number(a) - number(b));
}

function oldestUnused(versions: PolicyVersion[]): PolicyVersion | undefined {
  return inOrder(versions).find(({ IsDefaultVersion }) => !IsDefaultVersion);
}

/** Versions that were made after the one in force. */
function undoneIn(versions: PolicyVersion[]): PolicyVersion[] {
  const ordered = inOrder(versions);
  const at = ordered.findIndex(({ IsDefaultVersion }) => IsDefaultVersion);
  return at < 0 ? [] : ordered.slice(at + 1);
}

/** Versions that are new since the last read, and an older one that was put in force again before we wrote. */
function idsOfOthers(
  seen: PolicyVersion[],
  before: PolicyVersion[],
  after: PolicyVersion[],
): string[] {
  const known = new Set(seen.map(({ VersionId }) => VersionId));
  const wasInUse = inUse(seen)?.VersionId;
  const again = before.filter(
    ({ IsDefaultVersion, VersionId }) =>
      IsDefaultVersion && VersionId !== wasInUse,
  );
  const made = after.filter(({ VersionId }) => !known.has(VersionId));
  const ids = inOrder([...again, ...made]).flatMap(
    ({ VersionId = [] }) => VersionId,
  );
  return [...new Set(ids)];
}

/** IAM hands documents out URL-encoded; one that cannot be read equals none of ours. */
function parseDocument(text: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(text ?? ''));
  } catch {
    return undefined;
  }
}
