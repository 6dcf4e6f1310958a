import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { STSClient } from '@aws-sdk/client-sts';
import { AwsCredentialProvider } from '@backstage/integration-aws-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Partition } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { regionalEndpoint } from './partitions';

/** Longest time for one attempt of one call, in milliseconds. */
const CALL_TIMEOUT_MS = 5_000;
/** Regions of several accounts are asked side by side. */
const MAX_SOCKETS = 100;

/** Credentials as the AWS SDK takes them. */
export type SdkCredentials =
  | AwsCredentialProvider['sdkCredentialProvider']
  | { accessKeyId: string; secretAccessKey: string; sessionToken: string };

/** Where a service is asked. */
export interface ServicePlace {
  partition: Partition;
  region: string;
  /** Other address than the regional endpoint. */
  endpoint?: string;
}

/** Makes AWS clients for one call each, so that clock and keys are those of the call. All share one pool of connections. */
export class AwsClients {
  private readonly requestHandler = new NodeHttpHandler({
    connectionTimeout: CALL_TIMEOUT_MS,
    requestTimeout: CALL_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: MAX_SOCKETS },
    httpsAgent: { maxSockets: MAX_SOCKETS },
  });

  constructor(private readonly clock: Clock) {}

  /** A client of the regional STS, which tries three times. */
  sts(place: ServicePlace, credentials: SdkCredentials): STSClient {
    return new STSClient({
      ...this.common('sts', place, credentials),
      maxAttempts: 3,
      retryMode: 'standard',
    });
  }

  /** A client of the regional CloudTrail, which tries once: repeated calls count towards the rate, too. */
  cloudTrail(
    place: ServicePlace,
    credentials: SdkCredentials,
  ): CloudTrailClient {
    return new CloudTrailClient({
      ...this.common('cloudtrail', place, credentials),
      maxAttempts: 1,
    });
  }

  /** Closes the connections. */
  close(): void {
    this.requestHandler.destroy();
  }

  private common(
    service: 'sts' | 'cloudtrail',
    { partition, region, endpoint }: ServicePlace,
    credentials: SdkCredentials,
  ) {
    return {
      region,
      credentials,
      requestHandler: this.requestHandler,
      customUserAgent: 'break-glass-for-backstage',
      // Endpoints are ours: the environment of the process cannot redirect keys.
      endpoint: endpoint ?? regionalEndpoint(service, partition, region),
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      systemClockOffset: this.clock.now() - Date.now(),
    };
  }
}
