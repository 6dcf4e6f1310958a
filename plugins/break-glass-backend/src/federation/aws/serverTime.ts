import type { STSClient } from '@aws-sdk/client-sts';

/** Reads what a service says the time is, without a call of its own. */
export interface ServerTime {
  /** Epoch milliseconds of the last answer's `Date` header, in whole seconds. */
  last(): number | undefined;
}

/** Watches the answers of a client, refusals included, for their `Date` header (I11). */
export function watchServerTime(client: STSClient): ServerTime {
  let last: number | undefined;
  client.middlewareStack.add(
    next => async args => {
      const result = await next(args);
      const date = Date.parse(dateHeader(result.response) ?? '');
      last = Number.isNaN(date) ? last : date;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'breakGlassServerTime' },
  );
  return { last: () => last };
}

function dateHeader(response: unknown): string | undefined {
  const { headers } = response as { headers?: Record<string, string> };
  return headers?.date;
}
