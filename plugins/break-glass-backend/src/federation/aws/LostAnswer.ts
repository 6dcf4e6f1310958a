import type { STSClient } from '@aws-sdk/client-sts';
import { awsErrorName, THROTTLED } from './translateError';

/** AWS was asked, and nobody knows what it did. */
export class LostAnswer extends Error {
  /** @param what - name of the error, or what was wrong with the answer; shown to people */
  constructor(what: string) {
    super(what);
    this.name = 'LostAnswer';
  }
}

/** What is under way until there is a connection: looking up the name, and connecting. */
const BEFORE_ASKING = new Set(['connect', 'getaddrinfo']);

/** Knows whether a call was sent of which nobody knows what it did. */
export interface AnswerWatch {
  /** Asked after the call failed. */
  isLost(): boolean;
}

/**
 * Tells lost answers of a client from refusals, and lets it ask no second time
 * after one: AssumeRole that is repeated makes a second set of credentials under
 * the same name, and the first lives on with a key that nobody knows. What STS
 * refused (throttled, say) and what never reached it is tried again as ever.
 */
export function watchAnswer(client: STSClient): AnswerWatch {
  let lost = false;
  client.middlewareStack.add(
    next => async args => {
      // Whoever gives up while we wait sees it so, too.
      lost = true;
      try {
        return await next(args);
      } catch (error) {
        if (mayBeDone(error)) {
          // In a class of its own, which the SDK does not take for worth another try.
          throw new LostAnswer(awsErrorName(error));
        }
        lost = false;
        throw error;
      }
    },
    // Behind the retries and the signing: what fails before it was never sent.
    { step: 'finalizeRequest', priority: 'low', name: 'breakGlassAnswer' },
  );
  return { isLost: () => lost };
}

/** Whether a call that was sent and failed may have had its effect: anything but a plain no. */
function mayBeDone(error: unknown): boolean {
  const { $metadata, $response } = error as {
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (status === undefined) {
    return !isUnconnected(error);
  }
  // An answer of 200 that cannot be read holds credentials.
  const refused = status >= 300 && status < 500;
  return !refused && !THROTTLED.has(awsErrorName(error));
}

/** Whether there never was a connection, to any address of the name. A code alone does not tell: a network also goes away later. */
function isUnconnected(error: unknown): boolean {
  const { syscall, errors } = Object(error) as {
    syscall?: unknown;
    errors?: unknown;
  };
  return Array.isArray(errors) && errors.length > 0
    ? errors.every(isUnconnected)
    : BEFORE_ASKING.has(String(syscall));
}
