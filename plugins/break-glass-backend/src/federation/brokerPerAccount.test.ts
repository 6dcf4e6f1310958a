import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ConfigReader } from '@backstage/config';
import {
  AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { AccountSeed, demoWorld, PolicyJson, WorldSeed } from 'aws-sandbox';
import { describeDatabases } from '../testing/databases';
import { FederationWorld, HandClock } from './testing/FederationWorld';

jest.setTimeout(60_000);

const MARY = { ref: 'user:default/mary' };
const PORTAL = 'arn:aws:iam::555566667777:user/break-glass-broker';
const KEYS = {
  accessKeyId: 'AKIASANDBOXBROKERAWS',
  secretAccessKey: 'sandbox-broker-secret-commercial',
};
/** The part of the process's environment that tells the SDK of Backstage where STS is. */
const ENDPOINT = 'AWS_ENDPOINT_URL_STS';

/** A broker role in the account, which alone is trusted there. */
function withOwnBroker(
  account: AccountSeed,
  role: { name: string; externalId: string },
): AccountSeed {
  const path = `/break-glass/${role.name}`;
  const arn = `arn:aws:iam::${account.id}:role${path}`;
  const trust: PolicyJson = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: PORTAL },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: { StringEquals: { 'sts:ExternalId': role.externalId } },
      },
    ],
  };
  const others = account.roles!.map(each => ({
    ...each,
    trust: JSON.parse(JSON.stringify(each.trust).split(PORTAL).join(arn)),
  }));
  return {
    ...account,
    roles: [
      ...others,
      {
        path,
        trust,
        inline: {
          Broker: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [
                  'sts:AssumeRole',
                  'sts:SetSourceIdentity',
                  'sts:TagSession',
                ],
                Resource: `arn:aws:iam::${account.id}:role/break-glass/*`,
              },
            ],
          },
        },
      },
    ],
  };
}

function seed(): WorldSeed {
  const brokers: Record<string, { name: string; externalId: string }> = {
    '111122223333': { name: 'AccountBroker', externalId: 'from-the-portal' },
    '222233334444': {
      name: 'PaymentsBroker',
      externalId: 'bg-payments-portal',
    },
  };
  return {
    accounts: demoWorld().accounts.map(account =>
      brokers[account.id]
        ? withOwnBroker(account, brokers[account.id])
        : account,
    ),
  };
}

/** As `aws` stands in app-config.yaml. */
const manager = () =>
  DefaultAwsCredentialsManager.fromConfig(
    new ConfigReader({
      aws: {
        mainAccount: { ...KEYS, region: 'eu-central-1' },
        accountDefaults: {
          roleName: 'break-glass/AccountBroker',
          externalId: 'from-the-portal',
          region: 'eu-central-1',
        },
        accounts: [
          {
            accountId: '222233334444',
            roleName: 'break-glass/PaymentsBroker',
            externalId: 'bg-payments-portal',
            region: 'eu-central-1',
          },
        ],
      },
    }),
  );

describeDatabases((_name, open) => {
  let world: FederationWorld;
  beforeEach(async () => {
    // The chain's first link signs by the machine's clock.
    const clock = new HandClock(Date.now());
    const { database } = await open({ clock });
    world = await FederationWorld.start(database, clock, { seed: seed() });
    process.env[ENDPOINT] = world.sandbox.url;
    world.config.partitions.aws!.brokerPerAccount = true;
    for (const ref of ['gov-payroll', 'developer-portal']) {
      world.accounts.delete(`resource:default/${ref}`);
    }
  });
  afterEach(async () => {
    delete process.env[ENDPOINT];
    await world.stop();
  });

  const federation = (credentials: AwsCredentialsManager = manager()) =>
    world.federation({ credentials });

  it.each(['payroll', 'payments'])(
    'issues and kills through the broker role of the account: %s',
    async name => {
      const lease = await world.activeLease({
        accountRef: `resource:default/${name}`,
      });
      const { sessions, kills } = federation();
      const issued = await sessions.issue(MARY, lease.id, {
        type: 'credentials',
      });
      expect(issued.session).toMatchObject({ state: 'issued' });
      await world.end(lease);
      await kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('probed');
    },
  );

  it('cannot be passed by: the portal’s own identity is not trusted there', async () => {
    world.config.partitions.aws!.brokerPerAccount = false;
    const lease = await world.activeLease();
    await expect(
      world.federation().sessions.issue(MARY, lease.id, {
        type: 'credentials',
      }),
    ).rejects.toMatchObject({ code: 'broker-not-trusted' });
  });

  it('the check of accounts uses each account’s own broker', async () => {
    world.config.partitions.aws!.brokerArn =
      'arn:aws:iam::${accountId}:role/break-glass/AccountBroker';
    const { brokerChecks } = federation();
    await brokerChecks.start('user:default/oscar');
    await brokerChecks.resume();
    expect(await world.database.brokerChecks.latest()).toMatchObject({
      state: 'finished',
      done: 2,
      problems: 0,
    });
  });

  it('says what to look for where the broker’s own session has a source identity', async () => {
    const sts = new STSClient({
      endpoint: world.sandbox.url,
      region: 'eu-central-1',
      credentials: KEYS,
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::111122223333:role/break-glass/AccountBroker',
        RoleSessionName: 'portal',
        ExternalId: 'from-the-portal',
        SourceIdentity: 'somebody',
      }),
    );
    const lease = await world.activeLease();
    const { sessions } = federation({
      getCredentialProvider: async () => ({
        sdkCredentialProvider: async () => ({
          accessKeyId: Credentials!.AccessKeyId!,
          secretAccessKey: Credentials!.SecretAccessKey!,
          sessionToken: Credentials!.SessionToken,
        }),
      }),
    });
    await expect(
      sessions.issue(MARY, lease.id, { type: 'credentials' }),
    ).rejects.toMatchObject({
      code: 'broker-not-trusted',
      message: expect.stringContaining('has a source identity'),
    });
  });
});
