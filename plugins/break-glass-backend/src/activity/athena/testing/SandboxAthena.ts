// For tests only: never part of what is published.
/* eslint-disable @backstage/no-undeclared-imports */
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  AthenaOptions,
  AwsSandbox,
  startAwsSandbox,
  TableSeed,
} from 'aws-sandbox';
import { Wait } from 'backstage-plugin-break-glass-node';
import { FakeClock } from '../../../testing/FakeClock';
import { AthenaActivitySource } from '../AthenaActivitySource';
import { aLog } from './aLog';

/** Accounts of the contract of activity sources. */
const ACCOUNTS = [
  '111122223333',
  '222233334444',
  '333344445555',
  '999988887777',
];
const ACCOUNT_ID = '555566667777';
const KEYS = {
  accessKeyId: 'AKIASANDBOXBROKERAWS',
  secretAccessKey: 'sandbox-broker-secret-commercial',
};

/** The keys of the sandbox's broker, whoever asks. */
export const BROKER_CREDENTIALS: AwsCredentialsManager = {
  getCredentialProvider: async () => ({
    sdkCredentialProvider: async () => KEYS,
  }),
};

/** The two layouts as the sandbox has them. */
export const TRAIL_TABLE: TableSeed = {
  name: 'trail',
  layout: 'trail',
  bucket: `aws-cloudtrail-logs-${ACCOUNT_ID}`,
  accounts: ACCOUNTS,
};
export const STREAM_TABLE: TableSeed = {
  name: 'stream',
  layout: 'stream',
  bucket: `break-glass-stream-${ACCOUNT_ID}`,
  folder: 'stream',
  partitioning: 'day',
};

/** Athena over HTTP on loopback, with one clock for it and the source; waiting moves the clock. */
export class SandboxAthena {
  readonly waits: number[] = [];

  private constructor(
    readonly sandbox: AwsSandbox,
    readonly clock: FakeClock,
  ) {}

  /** @param at - epoch milliseconds: what time it is */
  static async start(
    at: number,
    options: {
      tables?: TableSeed[];
      workGroup?: object;
      athena?: AthenaOptions;
    } = {},
  ): Promise<SandboxAthena> {
    const clock = new FakeClock(at);
    const { tables = [TRAIL_TABLE, STREAM_TABLE], workGroup } = options;
    const sandbox = await startAwsSandbox({
      clock,
      logDirectory: await mkdtemp(join(tmpdir(), 'athena-')),
      athena: {
        catalogs: [
          {
            accountId: ACCOUNT_ID,
            region: 'eu-central-1',
            workGroups: [
              {
                name: 'break-glass',
                outputLocation: `s3://break-glass-athena-${ACCOUNT_ID}/results/`,
                bytesScannedCutoffPerQuery: 10 * 1024 ** 3,
                ...workGroup,
              },
            ],
            databases: { cloudtrail: tables },
          },
        ],
        ...options.athena,
      },
    });
    return new SandboxAthena(sandbox, clock);
  }

  /** Where the records of a layout are delivered to. */
  folderOf(layout: 'trail' | 'firehose'): string {
    const { logDirectory } = this.sandbox;
    return layout === 'trail' ? logDirectory : join(logDirectory, 'stream');
  }

  /** A source that reads logs of the sandbox. @param logs - keys that differ from the trail's table */
  source(
    logs: object[] = [{}],
    dependencies: { wait?: Wait; credentials?: AwsCredentialsManager } = {},
  ): AthenaActivitySource {
    return new AthenaActivitySource({
      logs: logs.map(keys => aLog({ endpoint: this.sandbox.url, ...keys })),
      credentials: BROKER_CREDENTIALS,
      clock: this.clock,
      wait: this.wait,
      random: () => 0,
      ...dependencies,
    });
  }

  /** Moves the clock instead of waiting. */
  readonly wait: Wait = async (ms, signal) => {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.clock.advance({ seconds: ms / 1_000 });
  };

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.sandbox.logDirectory, { recursive: true, force: true });
  }
}
