import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AwsClients } from './AwsClients';

const keys = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 's' });
/** Nobody listens there. */
const endpoints = { sts: 'http://127.0.0.1:1' };

describe('AwsClients', () => {
  it.each([
    [undefined, 5_000],
    [12_000, 12_000],
  ])(
    'gives a call the time that the partition says (%s): %s ms',
    async (timeoutMs, expected) => {
      const clients = new AwsClients(
        { aws: { brokerAccountId: '555566667777', timeoutMs, endpoints } },
        { now: () => Date.now() },
      );
      const client = clients.sts('aws', 'eu-central-1', keys);
      await client.send(new GetCallerIdentityCommand({})).catch(() => {});
      const handler = client.config.requestHandler as NodeHttpHandler;
      expect(handler.httpHandlerConfigs()).toMatchObject({
        connectionTimeout: expected,
        requestTimeout: expected,
        throwOnRequestTimeout: true,
      });
      clients.close();
    },
  );

  it('shares the connections of a partition, of IAM and of STS apart', () => {
    const clients = new AwsClients({}, { now: () => Date.now() });
    const [one, other, elsewhere, sts] = [
      clients.iam('aws', keys),
      clients.iam('aws', keys),
      clients.iam('aws-cn', keys),
      clients.sts('aws', 'eu-central-1', keys),
    ].map(({ config }) => config.requestHandler);
    expect(other).toBe(one);
    expect(elsewhere).not.toBe(one);
    expect(sts).not.toBe(one);
    clients.close();
  });
});
