import { AthenaClient } from '@aws-sdk/client-athena';
import { Wait } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { AthenaClients } from './AthenaClients';
import { callFailure, mayPass } from './failures';

/** The first try and four more. */
const MAX_ATTEMPTS = 5;
/** Wait after the first failure, in milliseconds; it doubles with each, and chance adds up to as much again. */
const FIRST_BACK_OFF_MS = 500;

/** Makes calls to Athena: repeats those that may pass, and puts failures into words. */
export class AthenaCalls {
  constructor(
    private readonly deps: {
      clients: AthenaClients;
      wait: Wait;
      /** From 0 to 1, so that replicas do not come back at the same time. */
      random: () => number;
    },
  ) {}

  /**
   * @param action - such as `athena:StartQueryExecution`
   * @param call - one attempt
   * @throws ServiceUnavailableError `log-source-unavailable`; the signal's reason
   */
  async make<T>(
    log: AthenaLogConfig,
    action: string,
    call: (client: AthenaClient) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await call(await this.deps.clients.of(log));
      } catch (error) {
        signal.throwIfAborted();
        if (attempt >= MAX_ATTEMPTS || !mayPass(error)) {
          throw callFailure(error, action, log);
        }
      }
      const backOff = FIRST_BACK_OFF_MS * 2 ** (attempt - 1);
      await this.deps.wait(backOff * (1 + this.deps.random()), signal);
    }
  }
}
