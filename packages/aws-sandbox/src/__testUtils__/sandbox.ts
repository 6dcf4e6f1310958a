import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AthenaClient } from '@aws-sdk/client-athena';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  AssumeRoleCommand,
  AssumeRoleCommandInput,
  STSClient,
} from '@aws-sdk/client-sts';
import {
  AwsSandbox,
  AwsSandboxOptions,
  startAwsSandbox,
} from '../startAwsSandbox';
import { TrailRecord } from '../trail/TrailRecord';
import { ManualClock } from './ManualClock';

/** Keys as the SDK takes them. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export const BROKER: Keys = {
  accessKeyId: 'AKIASANDBOXBROKERAWS',
  secretAccessKey: 'sandbox-broker-secret-commercial',
};

export const GOV_BROKER: Keys = {
  accessKeyId: 'AKIASANDBOXBROKERGOV',
  secretAccessKey: 'sandbox-broker-secret-govcloud',
};

export const ADMIN =
  'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin';
export const KILLER =
  'arn:aws:iam::111122223333:role/break-glass/BreakGlassKiller';
export const BOUNDARY =
  'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary';
export const PIPELINE = 'arn:aws:iam::111122223333:role/DataPipeline';

/** A policy as JSON text. */
export const policyText = (...Statement: Record<string, unknown>[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });

export const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter(name => name.endsWith('.json.gz')).sort();
}

/** A sandbox with a clock in hand and its logs in a folder of its own. */
export class TestSandbox {
  private constructor(
    readonly clock: ManualClock,
    readonly sandbox: AwsSandbox,
  ) {}

  static async start(
    options: Partial<AwsSandboxOptions> = {},
  ): Promise<TestSandbox> {
    const clock = new ManualClock();
    const logDirectory = await mkdtemp(join(tmpdir(), 'aws-sandbox-'));
    const sandbox = await startAwsSandbox({
      clock,
      logDirectory,
      // Only deliverNow writes: what a file holds then does not depend on real time.
      deliveryDelayMs: 7 * 86_400_000,
      ...options,
    });
    return new TestSandbox(clock, sandbox);
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.sandbox.logDirectory, { recursive: true, force: true });
  }

  private config(credentials: Keys, region: string) {
    return {
      endpoint: this.sandbox.url,
      region,
      credentials,
      maxAttempts: 1,
      systemClockOffset: this.clock.now() - Date.now(),
    };
  }

  sts(keys: Keys = BROKER, region = 'eu-central-1') {
    return new STSClient(this.config(keys, region));
  }

  iam(keys: Keys, region = 'us-east-1') {
    return new IAMClient(this.config(keys, region));
  }

  s3(keys: Keys, region = 'eu-central-1') {
    return new S3Client({
      ...this.config(keys, region),
      forcePathStyle: true,
    });
  }

  secrets(keys: Keys, region = 'eu-central-1') {
    return new SecretsManagerClient(this.config(keys, region));
  }

  ec2(keys: Keys, region = 'eu-central-1') {
    return new EC2Client(this.config(keys, region));
  }

  athena(keys: Keys = BROKER, region = 'eu-central-1') {
    return new AthenaClient(this.config(keys, region));
  }

  cloudtrail(keys: Keys, region = 'eu-central-1') {
    return new CloudTrailClient(this.config(keys, region));
  }

  /** Assumes a role (the payroll account's break-glass role unless said) and gives its keys. */
  async assume(
    input: Partial<AssumeRoleCommandInput> = {},
    as: Keys = BROKER,
    region = 'eu-central-1',
  ): Promise<Required<Keys>> {
    const { Credentials } = await this.sts(as, region).send(
      new AssumeRoleCommand({
        RoleArn: ADMIN,
        RoleSessionName: 'mary@01LEASE',
        ...input,
      }),
    );
    return {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
  }

  /** Delivers what is pending and gives the paths of all files, sorted. */
  async files(): Promise<string[]> {
    await this.sandbox.deliverNow();
    return filesBelow(this.sandbox.logDirectory);
  }

  /** Delivers what is pending and gives all records of one account (or of all). */
  async records(accountId?: string): Promise<TrailRecord[]> {
    const records: TrailRecord[] = [];
    for (const file of await this.files()) {
      const packed = await readFile(join(this.sandbox.logDirectory, file));
      records.push(...JSON.parse(gunzipSync(packed).toString('utf8')).Records);
    }
    return records.filter(
      r => accountId === undefined || r.recipientAccountId === accountId,
    );
  }
}

/** The error of a call that must fail: its code, message and HTTP status. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; status: number }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      $metadata?: { httpStatusCode?: number };
    };
    return { code: name, message, status: $metadata?.httpStatusCode ?? 0 };
  }
  throw new Error('the call was expected to fail');
}
