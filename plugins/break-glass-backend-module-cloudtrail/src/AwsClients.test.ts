import { TestClock } from './__testUtils__/TestClock';
import { AwsClients } from './AwsClients';

const keys = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' };
const place = { partition: 'aws' as const, region: 'eu-west-1' };

describe('AwsClients', () => {
  const before = process.env;
  afterEach(() => {
    process.env = before;
  });

  it('pitfall 31: the environment of the process cannot redirect keys', async () => {
    process.env = { ...before, AWS_ENDPOINT_URL: 'https://evil.example' };
    const clients = new AwsClients(new TestClock(0));
    const endpoints = await Promise.all([
      clients.sts(place, keys).config.endpoint?.(),
      clients.cloudTrail(place, keys).config.endpoint?.(),
    ]);
    clients.close();
    expect(endpoints.map(endpoint => endpoint?.hostname)).toEqual([
      'sts.eu-west-1.amazonaws.com',
      'cloudtrail.eu-west-1.amazonaws.com',
    ]);
  });
});
