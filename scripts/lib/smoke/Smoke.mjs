// What the portal itself would send is tried: its own code makes policies, names, tags and calls.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { ulid } from 'ulid';
import { inRoot } from '../root.mjs';

const require = createRequire(import.meta.url);
/** How long an answer of STS may take, retries included, as in the portal. */
const PATIENCE_MS = 30_000;
require('@backstage/cli/config/nodeTransform.cjs');

const backend = file =>
  require(inRoot('plugins/break-glass-backend/src', file));
const { AwsClients } = backend('federation/aws/AwsClients.ts');
const { BoundaryPolicyClient } = backend(
  'federation/aws/BoundaryPolicyClient.ts',
);
const { BrokerCredentials } = backend('federation/aws/BrokerCredentials.ts');
const { StsBroker } = backend('federation/aws/StsBroker.ts');
const { FederationEndpoint } = backend('federation/ConsoleSignIn.ts');
const { boundaryDocument } = backend('federation/boundaryDocument.ts');
const partitions = backend('federation/partitions.ts');
const { sessionName } = backend('federation/sessionName.ts');
const { sessionTags } = backend('federation/sessionTags.ts');
const { sessionPolicy } = backend('profiles/sessionPolicy.ts');

/** How often a state that takes time is looked at, in milliseconds. */
const POLL_MS = 1_000;

/** A role and its kill policy in one account, reached as the portal reaches them. Secrets stay inside. */
export class Smoke {
  constructor(settings) {
    this.settings = settings;
    const { partition, accountId, endpoints } = settings;
    const iam = `arn:${partition}:iam::${accountId}`;
    this.roleArn = `${iam}:role/${settings.role}`;
    this.killerRoleArn = `${iam}:role/${settings.killerRole}`;
    this.policyArn = `${iam}:policy/${settings.boundary}`;
    const clock = { now: () => Date.now() };
    const table = {
      [partition]: {
        brokerAccountId: accountId,
        endpoints: { sts: endpoints.sts, iam: endpoints.iam },
      },
    };
    this.clients = new AwsClients(table, clock);
    this.credentials = defaultProvider();
    const quiet = { warn() {}, error() {}, info() {}, debug() {} };
    const broker = new StsBroker({
      clients: this.clients,
      brokerCredentials: new BrokerCredentials(table, {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: this.credentials,
        }),
      }),
      clock,
      logger: quiet,
    });
    this.broker = {
      assumeRole: request =>
        broker.assumeRole(request, {
          signal: AbortSignal.timeout(PATIENCE_MS),
        }),
    };
  }

  /** A lease id of its own for every try. */
  aLease() {
    return ulid();
  }

  /** A client of STS as the broker itself. */
  brokerSts() {
    const { partition, region } = this.settings;
    return this.clients.sts(partition, region, this.credentials);
  }

  /** Name of the sessions of a lease. */
  nameOf(leaseId) {
    return sessionName('user:default/smoke-test', leaseId);
  }

  /**
   * Assumes the role as the portal would for a lease.
   *
   * @param {{leaseId: string, actions: string[], endsAt?: number, managed?: string[], change?: object}} lease
   */
  assume({ leaseId, actions, endsAt, managed = [], change = {} }) {
    const { partition, region, externalId } = this.settings;
    const policy = sessionPolicy(
      {
        statements: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
        managedPolicyArns: managed,
        chaining: false,
      },
      { leaseEndsAt: endsAt ?? Date.now() + 3_600_000 },
    );
    const name = this.nameOf(leaseId);
    return this.broker.assumeRole({
      partition,
      region,
      roleArn: this.roleArn,
      sessionName: name,
      sourceIdentity: name,
      durationSeconds: 900,
      externalId,
      tags: sessionTags({
        leaseId,
        requester: 'user:default/smoke-test',
        residueReviewed: false,
        anchor: 'smoke-test',
      }),
      policy: policy.json,
      managedPolicyArns: policy.managedPolicyArns,
      ...change,
    });
  }

  /** Clients of services with the keys of a session. */
  as({ credentials }) {
    const { region, partition, endpoints } = this.settings;
    const keys = {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
    };
    const common = {
      region,
      credentials: keys,
      maxAttempts: 2,
      ...(endpoints.services && { endpoint: endpoints.services }),
    };
    const iam = partitions.iamEndpoint(partition, endpoints.iam);
    return {
      s3: new S3Client({ ...common, forcePathStyle: !!endpoints.services }),
      ec2: new EC2Client(common),
      trail: new CloudTrailClient(common),
      iam: new IAMClient({ ...common, region: iam.region, endpoint: iam.url }),
      sts: new STSClient({
        ...common,
        endpoint: partitions.stsEndpoint(partition, region, endpoints.sts),
      }),
    };
  }

  /** Asks for a console sign-in. @returns status of the sign-in page, which leads on to the console */
  async signIn({ credentials }) {
    const { partition, region, endpoints } = this.settings;
    const { console: host } = partitions.partitionHosts(partition);
    const url = await new FederationEndpoint().url({
      endpoint: this.signInEndpoint(),
      issuer: 'https://portal.invalid',
      destination: endpoints.signIn
        ? new URL('/console/', endpoints.signIn).href
        : `https://${host}/console/home?region=${region}`,
      credentials,
    });
    const { status } = await fetch(url, { redirect: 'manual' });
    return status;
  }

  /** The federation endpoint of the partition. */
  signInEndpoint() {
    const { partition, region, endpoints } = this.settings;
    return partitions.signInEndpoint(partition, region, endpoints.signIn);
  }

  /**
   * Keeps leases out by the boundary policy, beside those that it keeps out already.
   *
   * @returns {Promise<() => Promise<void>>} lets them in again
   */
  async kill(leaseIds) {
    const { partition, region, accountId, externalId } = this.settings;
    const policy = await new BoundaryPolicyClient(
      this.clients,
      this.broker,
    ).open({
      partition,
      region,
      accountId,
      policyArn: this.policyArn,
      killerRoleArn: this.killerRoleArn,
      externalId,
    });
    const before = keptOut(await policy.read());
    await policy.replace(boundaryDocument([...before, ...leaseIds]));
    return async () => {
      const now = keptOut(await policy.read());
      const left = now.filter(id => !leaseIds.includes(id));
      await policy.replace(boundaryDocument(left));
    };
  }

  /** Looks until something holds. @returns seconds it took, or undefined where it did not come to hold in time */
  async until(holds, minutes) {
    const startedAt = Date.now();
    const deadline = startedAt + minutes * 60_000;
    for (;;) {
      if (await holds()) {
        return Math.round((Date.now() - startedAt) / 100) / 10;
      }
      if (Date.now() + POLL_MS > deadline) {
        return undefined;
      }
      await sleep(POLL_MS);
    }
  }

  /** Closes connections. */
  close() {
    this.clients.close();
  }
}

/** Lease ids that a boundary document keeps out. */
function keptOut(document) {
  const text = JSON.stringify(document ?? {});
  return [...text.matchAll(/"\*:\*@([0-9A-Z]{26})"/g)].map(found => found[1]);
}
