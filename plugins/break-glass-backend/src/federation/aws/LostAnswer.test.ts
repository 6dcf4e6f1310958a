import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mockServices } from '@backstage/backend-test-utils';
import { AssumeRoleRequest } from '../types';
import { AwsClients } from './AwsClients';
import { BrokerCredentials } from './BrokerCredentials';
import { watchAnswer } from './LostAnswer';
import { StsBroker } from './StsBroker';

const clock = { now: () => Date.now() };
const keys = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 's' });
const waiting = () => ({ signal: new AbortController().signal });
const request: AssumeRoleRequest = {
  partition: 'aws',
  region: 'eu-central-1',
  roleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
  sessionName: 'mary@01K8EXAMP1E000000000000000',
  durationSeconds: 900,
};

function answer(): string {
  const credentials = {
    AccessKeyId: 'ASIAEXAMPLE000000001',
    SecretAccessKey: 'secret',
    SessionToken: 'token',
    Expiration: new Date(clock.now() + 900_000).toISOString(),
  };
  const members = Object.entries(credentials)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>${members}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

describe('connections to STS', () => {
  let server: Server | undefined;
  let clients: AwsClients | undefined;
  afterEach(async () => {
    clients?.close();
    server?.closeAllConnections();
    await new Promise(resolve => server?.close(resolve) ?? resolve(undefined));
  });

  /** A server that keeps connections, and closes each when a second request comes on it, as one whose patience has just ended. */
  async function aBrokerOfClosing() {
    const used = new Set<unknown>();
    server = createServer((incoming, response) => {
      if (used.has(incoming.socket)) {
        incoming.socket.destroy();
        return;
      }
      used.add(incoming.socket);
      response.setHeader('Content-Type', 'text/xml').end(answer());
    });
    await new Promise<void>(resolve => {
      server!.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const partitions = {
      aws: {
        brokerAccountId: '555566667777',
        endpoints: { sts: `http://127.0.0.1:${port}` },
      },
    };
    clients = new AwsClients(partitions, clock);
    const broker = new StsBroker({
      clients,
      brokerCredentials: new BrokerCredentials(partitions, {
        getCredentialProvider: async () => ({ sdkCredentialProvider: keys }),
      }),
      clock,
      logger: mockServices.logger.mock(),
    });
    return { broker, connections: () => used.size };
  }

  it('I3: no answer is lost on a connection that is closed between two issues', async () => {
    const { broker, connections } = await aBrokerOfClosing();
    for (const nth of [1, 2, 3]) {
      await broker.assumeRole(request, waiting());
      expect(connections()).toBe(nth);
    }
  });

  it('I3: nor of many at once', async () => {
    const { broker, connections } = await aBrokerOfClosing();
    const many = Array.from({ length: 60 }, () =>
      broker.assumeRole(request, waiting()),
    );
    await Promise.all(many);
    expect(connections()).toBe(60);
  });
});

describe('watchAnswer', () => {
  /** Whether the answer counts as lost. */
  async function afterFailing(error: Error) {
    let asked = 0;
    const client = new STSClient({
      region: 'eu-central-1',
      credentials: keys,
      maxAttempts: 1,
      requestHandler: {
        handle: async () => {
          asked += 1;
          throw error;
        },
      },
    });
    const watch = watchAnswer(client);
    await client
      .send(new AssumeRoleCommand({ RoleArn: 'r', RoleSessionName: 's' }))
      .catch(() => {});
    expect(asked).toBe(1);
    return watch.isLost();
  }
  const failing = (code: string, syscall?: string, errors?: Error[]) =>
    Object.assign(new Error('x'), { code, syscall, errors });

  it.each([
    ['ECONNREFUSED', 'connect'],
    ['EHOSTUNREACH', 'connect'],
    ['ENETUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
  ])(
    'loses nothing where there never was a connection: %s of %s',
    async (code, syscall) => {
      expect(await afterFailing(failing(code, syscall))).toBe(false);
    },
  );

  it.each([
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['ECONNRESET', 'read'],
    ['ECONNRESET', undefined],
    ['ECONNREFUSED', undefined],
  ])(
    'I3: loses the answer where there was one: %s of %s',
    async (code, syscall) => {
      expect(await afterFailing(failing(code, syscall))).toBe(true);
    },
  );

  it('I3: looks at every address of a name', async () => {
    const refused = failing('ECONNREFUSED', 'connect');
    const reset = failing('ECONNRESET', 'read');
    expect(
      await afterFailing(
        failing('ECONNREFUSED', undefined, [refused, refused]),
      ),
    ).toBe(false);
    expect(
      await afterFailing(failing('ECONNREFUSED', undefined, [refused, reset])),
    ).toBe(true);
    expect(await afterFailing(failing('ECONNREFUSED', undefined, []))).toBe(
      true,
    );
  });
});
