import { AthenaClient } from '@aws-sdk/client-athena';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Clock } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { unavailableError } from '../../errors';
import { partitionHosts } from '../../federation/partitions';

/** Longest time for one attempt of one call, in milliseconds. A page of results can be some megabytes. */
const CALL_TIMEOUT_MS = 20_000;

/** The regional endpoint of Athena, or the configured one. The configuration knows every region (pitfall 31). */
function athenaEndpoint({
  partition,
  region,
  endpoint,
}: AthenaLogConfig): string {
  return (
    endpoint ??
    `https://athena.${region}.${partitionHosts(partition).stsSuffix}`
  );
}

/** Makes clients for one call each, so that clock and keys are those of the call. All share one pool of connections. */
export class AthenaClients {
  private readonly requestHandler = new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: CALL_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  });

  constructor(
    private readonly credentials: AwsCredentialsManager,
    private readonly clock: Clock,
  ) {}

  /**
   * A client as the account of the log, which tries once: repeated calls are waited for
   * where tests can see it.
   * @throws ServiceUnavailableError `log-source-unavailable` where there are no credentials
   */
  async of(log: AthenaLogConfig): Promise<AthenaClient> {
    return new AthenaClient({
      region: log.region,
      credentials: await this.credentialsOf(log.accountId),
      endpoint: athenaEndpoint(log),
      requestHandler: this.requestHandler,
      maxAttempts: 1,
      customUserAgent: 'break-glass-for-backstage',
      // Endpoints are ours: the environment of the process cannot redirect keys.
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      systemClockOffset: this.clock.now() - Date.now(),
    });
  }

  /** Closes the connections. */
  close(): void {
    this.requestHandler.destroy();
  }

  private async credentialsOf(accountId: string) {
    try {
      const found = await this.credentials.getCredentialProvider({ accountId });
      return found.sdkCredentialProvider;
    } catch {
      throw unavailableError(
        'log-source-unavailable',
        `There are no AWS credentials for the account ${accountId}, which holds the logs. Add the account under aws.accounts.`,
      );
    }
  }
}
