// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  AssumeRoleRequest,
  breakGlassCredentialBrokerExtensionPoint,
  CredentialBroker,
} from 'backstage-plugin-break-glass-node';
import { createServer, IncomingMessage } from 'http';
import { AddressInfo } from 'net';

const KEY = 'key-of-the-portal-at-the-broker-service';

/** A service that alone holds AWS keys, and assumes roles for who has its key. */
export interface BrokerService {
  url: string;
  /** Roles that it was asked for. */
  asked: string[];
  /** The sandbox that it assumes roles in; set it before the first question. */
  aws?: { url: string; now: () => number };
  stop(): Promise<void>;
}

/** Starts it on loopback. */
export async function startBrokerService(): Promise<BrokerService> {
  const service: BrokerService = { url: '', asked: [], stop: async () => {} };
  const sts = () =>
    new STSClient({
      endpoint: service.aws!.url,
      region: 'eu-central-1',
      maxAttempts: 1,
      systemClockOffset: service.aws!.now() - Date.now(),
      credentials: {
        accessKeyId: 'AKIASANDBOXBROKERAWS',
        secretAccessKey: 'sandbox-broker-secret-commercial',
      },
    });
  const answer = async (path: string, body: string): Promise<unknown> => {
    if (path === '/identity') {
      const { Account, Arn } = await sts().send(
        new GetCallerIdentityCommand({}),
      );
      return { accountId: Account, arn: Arn };
    }
    const asked: AssumeRoleRequest = JSON.parse(body);
    service.asked.push(asked.roleArn);
    const given = await sts().send(
      new AssumeRoleCommand({
        RoleArn: asked.roleArn,
        RoleSessionName: asked.sessionName,
        DurationSeconds: asked.durationSeconds,
        ExternalId: asked.externalId,
        SourceIdentity: asked.sourceIdentity,
        Tags: asked.tags,
        Policy: asked.policy,
        PolicyArns: asked.managedPolicyArns?.map(arn => ({ arn })),
      }),
    );
    const it = given.Credentials!;
    return {
      credentials: {
        accessKeyId: it.AccessKeyId,
        secretAccessKey: it.SecretAccessKey,
        sessionToken: it.SessionToken,
        expiresAt: it.Expiration!.getTime(),
      },
      assumedRoleArn: given.AssumedRoleUser?.Arn,
      sourceIdentity: given.SourceIdentity,
    };
  };
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${KEY}`) {
      send(401, {});
      return;
    }
    try {
      send(200, await answer(request.url!, await bodyOf(request)));
    } catch (error) {
      send(502, { name: (error as Error).name });
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service.stop = () =>
    new Promise(resolve => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return service;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) {
    body += part;
  }
  return body;
}

/** A broker that asks such a service; the portal needs no AWS keys then. */
export function httpBroker(service: BrokerService): CredentialBroker {
  const ask = async (path: string, body: unknown, signal: AbortSignal) => {
    const response = await fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}` },
      body: JSON.stringify(body),
      redirect: 'error',
      signal,
    });
    if (!response.ok) {
      throw Object.assign(
        new ServiceUnavailableError(
          `The broker service refused (${response.status}). Nothing was issued.`,
        ),
        { code: 'aws-refused' },
      );
    }
    return response.json();
  };
  return {
    id: 'http-service',
    assumeRole: (request, { signal }) => ask('/assume', request, signal),
    identify: (where, { signal }) => ask('/identity', where, signal),
  };
}

/** The module by which a portal takes it. */
export function brokerModule(broker: CredentialBroker, moduleId = broker.id) {
  return createBackendModule({
    pluginId: 'break-glass',
    moduleId,
    register(env) {
      env.registerInit({
        deps: { brokers: breakGlassCredentialBrokerExtensionPoint },
        async init({ brokers }) {
          brokers.setCredentialBroker(broker);
        },
      });
    },
  });
}
