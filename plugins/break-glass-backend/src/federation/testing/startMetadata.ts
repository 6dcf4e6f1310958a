// Used by tests only, though not one itself.
import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';

/** What a metadata service says to one question. */
export interface Said {
  status: number;
  body?: string;
}

/** A metadata service on loopback. */
export interface Metadata {
  url: string;
  stop(): Promise<void>;
}

/** Starts a server on a free port of loopback. */
export async function startMetadata(
  answer: (request: IncomingMessage) => Promise<Said>,
): Promise<Metadata> {
  const server = createServer((request, response) => {
    answer(request)
      .catch(() => ({ status: 500, body: undefined }))
      .then(({ status, body }) => response.writeHead(status).end(body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/**
 * The instance metadata service of EC2, version 2 only: a token by PUT first, then
 * the name of the role and its credentials.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export function instanceMetadata(
  role: string,
  credentials: () => Promise<object>,
): (request: IncomingMessage) => Promise<Said> {
  const token = 'token-of-the-instance';
  const root = '/latest/meta-data/iam/security-credentials/';
  return async ({ method, url, headers }) => {
    if (url === '/latest/api/token') {
      const fits =
        method === 'PUT' &&
        Number(headers['x-aws-ec2-metadata-token-ttl-seconds']) > 0;
      return fits ? { status: 200, body: token } : { status: 400 };
    }
    if (headers['x-aws-ec2-metadata-token'] !== token) {
      return { status: 401 };
    }
    if (url === root) {
      return { status: 200, body: role };
    }
    if (url !== root + role) {
      return { status: 404 };
    }
    const given = {
      Code: 'Success',
      Type: 'AWS-HMAC',
      ...(await credentials()),
    };
    return { status: 200, body: JSON.stringify(given) };
  };
}

/**
 * The credentials endpoint of ECS tasks and of EKS pod identity.
 * @param expected - the authorization token that it wants now
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function containerMetadata(
  expected: () => string,
  credentials: () => Promise<object>,
): (request: IncomingMessage) => Promise<Said> {
  return async ({ method, url, headers }) => {
    if (method !== 'GET' || url !== '/v1/credentials') {
      return { status: 404 };
    }
    return headers.authorization === expected()
      ? { status: 200, body: JSON.stringify(await credentials()) }
      : { status: 401 };
  };
}
