import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { AwsSandbox, startAwsSandbox } from 'aws-sandbox';
import { patient } from 'backstage-plugin-break-glass-node/testUtils';
import { TestClock } from './__testUtils__/TestClock';
import { EventHistoryActivitySource } from './EventHistoryActivitySource';
import { readOptions } from './readOptions';

const BROKER_ACCOUNT_ID = '555566667777';
const BROKER_KEYS = {
  accessKeyId: 'AKIASANDBOXBROKERAWS',
  secretAccessKey: 'sandbox-broker-secret-commercial',
};
const PAYMENTS = '222233334444';
const EXTERNAL_ID = 'bg-payments';
const ROLE_ARN = `arn:aws:iam::${PAYMENTS}:role/break-glass/BreakGlassAdmin`;
const SESSION_NAME = 'mary@01K6F000000000000000000000';
const MINUTE = 60_000;

/** The demo's accounts and roles, and real calls in them. */
describe('EventHistoryActivitySource in the world of the demo', () => {
  const clock = new TestClock(Date.parse('2026-10-01T11:00:00Z'));
  const start = clock.now();
  let sandbox: AwsSandbox;
  let source: EventHistoryActivitySource;
  let accessKeyId: string;

  const stsAs = (credentials: {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
  }) =>
    new STSClient({
      endpoint: sandbox.url,
      region: 'eu-central-1',
      credentials,
      systemClockOffset: clock.now() - Date.now(),
    });

  beforeAll(async () => {
    sandbox = await startAwsSandbox({
      clock,
      logDirectory: mkdtempSync(join(tmpdir(), 'event-history-')),
      deliveryDelayMs: 365 * 86_400_000,
    });
    const config = new ConfigReader({
      aws: { accounts: [{ accountId: BROKER_ACCOUNT_ID, ...BROKER_KEYS }] },
      breakGlass: {
        externalIds: { [PAYMENTS]: EXTERNAL_ID },
        partitions: {
          aws: {
            brokerAccountId: BROKER_ACCOUNT_ID,
            endpoints: { sts: sandbox.url },
          },
        },
        activity: {
          cloudtrail: { partitions: { aws: { endpoint: sandbox.url } } },
        },
      },
    });
    source = new EventHistoryActivitySource({
      options: readOptions(config),
      credentials: DefaultAwsCredentialsManager.fromConfig(config),
      clock,
      wait: clock.wait,
    });
    const { Credentials } = await stsAs(BROKER_KEYS).send(
      new AssumeRoleCommand({
        RoleArn: ROLE_ARN,
        RoleSessionName: SESSION_NAME,
        SourceIdentity: SESSION_NAME,
        ExternalId: EXTERNAL_ID,
      }),
    );
    accessKeyId = Credentials!.AccessKeyId!;
    clock.time += MINUTE;
    await stsAs({
      accessKeyId,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    }).send(new GetCallerIdentityCommand({}));
    await sandbox.deliverNow();
    clock.time += 10 * MINUTE;
  });

  afterAll(async () => {
    source.close();
    await sandbox.stop();
    rmSync(sandbox.logDirectory, { recursive: true, force: true });
  });

  it('finds what proves a session of a lease, and what was done with it', async () => {
    const { records, coverage } = await source.search(
      {
        partition: 'aws',
        accountId: PAYMENTS,
        roleArn: ROLE_ARN,
        sessionName: SESSION_NAME,
        accessKeyIds: [accessKeyId],
        from: start - MINUTE,
        to: start + 5 * MINUTE,
      },
      patient(),
    );
    expect(records.map(({ eventName }) => eventName).sort()).toEqual([
      'AssumeRole',
      'GetCallerIdentity',
    ]);
    expect(coverage).toMatchObject({
      regions: ['eu-central-1'],
      unreadable: [],
    });
  });

  it('uses: finds both records of what the broker assumed', async () => {
    const { records } = await source.searchUses(
      {
        partition: 'aws',
        accountIds: [PAYMENTS, BROKER_ACCOUNT_ID],
        roleArns: [ROLE_ARN],
        userArns: [],
        from: start - MINUTE,
        to: start + 5 * MINUTE,
      },
      patient(),
    );
    expect(
      records.map(({ recipientAccountId }) => recipientAccountId).sort(),
    ).toEqual([PAYMENTS, BROKER_ACCOUNT_ID]);
    expect(new Set(records.map(each => each.sharedEventID)).size).toBe(1);
  });

  it('is well', async () => {
    expect(await source.probe()).toMatchObject({ ok: true });
  });
});
