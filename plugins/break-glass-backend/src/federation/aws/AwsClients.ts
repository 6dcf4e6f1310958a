import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

import { Partition } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from '../../config/types';
import { iamEndpoint, stsEndpoint } from '../partitions';
import { TemporaryCredentials } from '../types';
import { CredentialProvider } from './BrokerCredentials';

/** Longest time for one attempt of one call where the partition says none, in milliseconds. */
const CALL_TIMEOUT_MS = 5_000;
/** The first attempt and two retries; the SDK spreads them with jitter. */
const MAX_ATTEMPTS = 3;

/** How connections are used: `fresh` is one for each request, `shared` a pool. */
type Connections = 'fresh' | 'shared';

/** Node keeps connections for waiting requests wherever their number is limited. */
const NOT_KEPT = { keepAlive: false, maxSockets: Infinity };

/**
 * Makes AWS clients for one call or one short piece of work. Those of IAM share
 * one pool of connections in each partition; none shares anything that one call
 * learnt with another. Each request to STS has a connection of its own: one that
 * was kept may be closed by the other side while AssumeRole is sent on it, and
 * then nobody knows whether that was heard.
 */
export class AwsClients {
  private readonly handlers = new Map<string, NodeHttpHandler>();

  constructor(
    private readonly partitions: BreakGlassConfig['partitions'],
    private readonly clock: Clock,
  ) {}

  /** A client of the regional STS. */
  sts(
    partition: Partition,
    region: string,
    credentials: CredentialProvider,
  ): STSClient {
    return new STSClient({
      ...this.common(partition, 'fresh'),
      region,
      credentials,
      endpoint: stsEndpoint(
        partition,
        region,
        this.partitions[partition]?.endpoints.sts,
      ),
    });
  }

  /** A client of the partition's IAM, as a session or as the broker itself. */
  iam(
    partition: Partition,
    credentials: TemporaryCredentials | CredentialProvider,
  ): IAMClient {
    const { url, region } = iamEndpoint(
      partition,
      this.partitions[partition]?.endpoints.iam,
    );
    return new IAMClient({
      ...this.common(partition, 'shared'),
      region,
      credentials:
        typeof credentials === 'function'
          ? credentials
          : {
              accessKeyId: credentials.accessKeyId,
              secretAccessKey: credentials.secretAccessKey,
              sessionToken: credentials.sessionToken,
            },
      endpoint: url,
    });
  }

  /** Closes the connections. */
  close(): void {
    this.handlers.forEach(handler => handler.destroy());
    this.handlers.clear();
  }

  private handler(
    partition: Partition,
    connections: Connections,
  ): NodeHttpHandler {
    const key = `${connections} ${partition}`;
    const known = this.handlers.get(key);
    if (known) {
      return known;
    }
    const timeout = this.partitions[partition]?.timeoutMs ?? CALL_TIMEOUT_MS;
    const handler = new NodeHttpHandler({
      connectionTimeout: timeout,
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
      ...(connections === 'fresh' && {
        httpAgent: NOT_KEPT,
        httpsAgent: NOT_KEPT,
      }),
    });
    this.handlers.set(key, handler);
    return handler;
  }

  private common(partition: Partition, connections: Connections) {
    return {
      requestHandler: this.handler(partition, connections),
      maxAttempts: MAX_ATTEMPTS,
      retryMode: 'standard',
      customUserAgent: 'break-glass-for-backstage',
      // Endpoints are ours: the environment of the process cannot redirect keys.
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      systemClockOffset: this.clock.now() - Date.now(),
    };
  }
}
