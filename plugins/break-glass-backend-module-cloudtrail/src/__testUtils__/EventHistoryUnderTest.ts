import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { AccountSeed, AwsSandbox, startAwsSandbox } from 'aws-sandbox';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  BROKER_ACCOUNT_ID,
  deliver,
  DeliveredRecord,
} from 'backstage-plugin-break-glass-node/testUtils';
import { EventHistoryActivitySource } from '../EventHistoryActivitySource';
import { readOptions } from '../readOptions';
import {
  accountsOf,
  KEYS,
  SECOND_ACCOUNT_ID,
  SECOND_EXTERNAL_ID,
} from './accounts';
import { TestClock } from './TestClock';

type JsonSection = NonNullable<ConstructorParameters<typeof ConfigReader>[0]>;

/** Configuration for a sandbox, with what differs in `breakGlass.activity.cloudtrail`. */
export function configFor(url: string, cloudtrail: JsonSection = {}) {
  return new ConfigReader({
    aws: { accounts: [{ accountId: BROKER_ACCOUNT_ID, ...KEYS }] },
    breakGlass: {
      externalIds: { [SECOND_ACCOUNT_ID]: SECOND_EXTERNAL_ID },
      partitions: {
        aws: {
          brokerAccountId: BROKER_ACCOUNT_ID,
          defaultRegion: 'eu-central-1',
          endpoints: { sts: url },
        },
      },
      activity: {
        cloudtrail: {
          partitions: {
            aws: {
              endpoint: url,
              regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
            },
          },
          ...cloudtrail,
        },
      },
    },
  });
}

/** A sandbox with a source that reads it. */
export class EventHistoryUnderTest {
  private constructor(
    readonly sandbox: AwsSandbox,
    readonly clock: TestClock,
    readonly source: EventHistoryActivitySource,
  ) {}

  static async open(
    given: {
      records?: DeliveredRecord[];
      /** Now; epoch milliseconds. */
      now?: number;
      cloudtrail?: JsonSection;
      accounts?: Record<string, Partial<AccountSeed>>;
    } = {},
  ): Promise<EventHistoryUnderTest> {
    const clock = new TestClock(
      given.now ?? Date.parse('2026-10-05T00:00:00Z'),
    );
    const sandbox = await startAwsSandbox({
      clock,
      logDirectory: mkdtempSync(join(tmpdir(), 'event-history-')),
      world: { accounts: accountsOf(given.accounts ?? {}) },
      // What the source itself does must not be found in the logs.
      deliveryDelayMs: 365 * 86_400_000,
    });
    const config = configFor(sandbox.url, given.cloudtrail);
    const source = new EventHistoryActivitySource({
      options: readOptions(config),
      credentials: DefaultAwsCredentialsManager.fromConfig(config),
      clock,
      wait: clock.wait,
      random: () => 0,
    });
    const opened = new EventHistoryUnderTest(sandbox, clock, source);
    await opened.deliver(given.records ?? []);
    return opened;
  }

  /** Delivers records to the accounts' logs. */
  deliver = async (records: DeliveredRecord[]): Promise<void> => {
    deliver(records, this.sandbox.logDirectory);
  };

  close = async (): Promise<void> => {
    this.source.close();
    await this.sandbox.stop();
    rmSync(this.sandbox.logDirectory, { recursive: true, force: true });
  };
}
