import {
  AssumeRoleCommand,
  STSClient,
  STSServiceException,
} from '@aws-sdk/client-sts';
import { ConfigReader } from '@backstage/config';
import { mockClient } from 'aws-sdk-client-mock';
import { AwsClients } from './AwsClients';
import { ReaderCredentials } from './ReaderCredentials';
import { readOptions } from './readOptions';
import { TestClock } from './__testUtils__/TestClock';

const MINUTE = 60_000;
const place = { partition: 'aws' as const, accountId: '111122223333' };
const role = 'arn:aws:iam::111122223333:role/break-glass/ActivityReader';

function aFailure(name: string, status = 400) {
  return new STSServiceException({
    name,
    message: 'secret of AWS',
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
  });
}

describe('ReaderCredentials', () => {
  const sts = mockClient(STSClient);
  let clock: TestClock;
  let failing: Error | undefined;
  let manager: { getCredentialProvider: jest.Mock };
  let credentials: ReaderCredentials;

  beforeEach(() => {
    sts.reset();
    clock = new TestClock(Date.parse('2026-10-05T00:00:00Z'));
    failing = undefined;
    let count = 0;
    sts.on(AssumeRoleCommand).callsFake(async () => {
      if (failing) {
        throw failing;
      }
      return {
        Credentials: {
          AccessKeyId: `ASIAREADER${(count += 1)}`,
          SecretAccessKey: 'reader-secret',
          SessionToken: 'reader-token',
          Expiration: new Date(clock.now() + 15 * MINUTE),
        },
      };
    });
    manager = {
      getCredentialProvider: jest.fn(async () => ({
        sdkCredentialProvider: async () => ({
          accessKeyId: 'AKIABROKER',
          secretAccessKey: 'broker-secret',
        }),
      })),
    };
    const config = new ConfigReader({
      breakGlass: {
        externalIds: { '222233334444': 'bg-second' },
        partitions: { aws: { brokerAccountId: '999988887777' } },
      },
    });
    credentials = new ReaderCredentials({
      options: readOptions(config),
      clients: new AwsClients(clock),
      manager,
      clock,
    });
  });
  afterAll(() => sts.restore());

  const calls = () =>
    sts.commandCalls(AssumeRoleCommand).map(call => call.args[0].input);

  it('I14: assumes the role of the account as the broker, for looking events up and nothing else', async () => {
    await credentials.of(place);
    expect(manager.getCredentialProvider).toHaveBeenCalledWith({
      accountId: '999988887777',
    });
    const [input] = calls();
    expect(input).toMatchObject({
      RoleArn: role,
      RoleSessionName: 'break-glass-activity',
      DurationSeconds: 900,
      ExternalId: undefined,
    });
    expect(JSON.parse(input.Policy!).Statement).toEqual([
      { Effect: 'Allow', Action: 'cloudtrail:LookupEvents', Resource: '*' },
    ]);
  });

  it('passes the external id of the account', async () => {
    await credentials.of({ ...place, accountId: '222233334444' });
    expect(calls()[0].ExternalId).toBe('bg-second');
  });

  it('keeps them until five minutes before they expire', async () => {
    const first = await credentials.of(place);
    clock.time += 10 * MINUTE - 1;
    expect(await credentials.of(place)).toBe(first);
    clock.time += 1;
    expect((await credentials.of(place)).accessKeyId).toBe('ASIAREADER2');
    expect(calls()).toHaveLength(2);
  });

  it('keeps those of each account apart, and fetches each once for all who wait', async () => {
    const other = { ...place, accountId: '222233334444' };
    const [a, b, c] = await Promise.all(
      [place, place, other].map(each => credentials.of(each)),
    );
    expect(a).toBe(b);
    expect(c).not.toBe(a);
    expect(calls()).toHaveLength(2);
  });

  it('fetches new ones where the old were forgotten', async () => {
    await credentials.of(place);
    credentials.forget(place);
    await credentials.of(place);
    expect(calls()).toHaveLength(2);
  });

  it('asks again after a failure', async () => {
    failing = aFailure('AccessDenied', 403);
    await expect(credentials.of(place)).rejects.toThrow(role);
    failing = undefined;
    await expect(credentials.of(place)).resolves.toBeDefined();
  });

  it.each([
    [
      'AccessDenied',
      403,
      /does not trust the broker of the account 999988887777.*sts:AssumeRole.*breakGlass\.externalIds/,
    ],
    ['ExpiredToken', 403, /Renew them under aws\.accounts/],
    ['SignatureDoesNotMatch', 403, /Renew them under aws\.accounts/],
    ['RegionDisabledException', 403, /defaultRegion/],
    ['RequestExpired', 400, /clock right/],
    ['ValidationError', 400, /documentation of the event history module/],
    ['InternalFailure', 500, /in a minute/],
    ['CredentialsProviderError', 0, /aws\.accounts/],
  ])('says what to do about %s', async (name, status, words) => {
    failing = aFailure(name, status);
    await expect(credentials.of(place)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(words),
    });
  });

  it('takes an answer without credentials for none', async () => {
    sts.on(AssumeRoleCommand).resolves({});
    await expect(credentials.of(place)).rejects.toThrow('did not answer');
  });

  it('says where the broker’s own credentials are missing', async () => {
    manager.getCredentialProvider.mockRejectedValue(new Error('none'));
    await expect(credentials.of(place)).rejects.toThrow(
      'add the account under aws.accounts',
    );
  });

  it('says where a partition has no broker', async () => {
    await expect(
      credentials.of({ ...place, partition: 'aws-cn' }),
    ).rejects.toThrow('breakGlass.partitions.aws-cn');
  });

  it('pitfall 27: errors hold neither keys nor what AWS wrote', async () => {
    failing = aFailure('Odd<Name>');
    const error = await credentials.of(place).catch(each => each);
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).not.toContain('<');
    const seen = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
    expect(seen).not.toMatch(/secret|AKIABROKER/);
  });
});
