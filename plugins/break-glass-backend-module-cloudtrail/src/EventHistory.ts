import {
  LookupAttributeKey,
  LookupEventsCommand,
  LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  Clock,
  orAborted,
  RawCloudTrailRecord,
  Wait,
} from 'backstage-plugin-break-glass-node';
import { AwsClients } from './AwsClients';
import { failureKind } from './awsFailure';
import { RateLimiter } from './RateLimiter';
import { AccountPlace, ReaderCredentials } from './ReaderCredentials';
import { EventHistoryOptions } from './readOptions';

/** One account's event history in one region. */
export interface HistoryPlace extends AccountPlace {
  region: string;
}

/** What events are looked up by. */
export interface Attribute {
  key: LookupAttributeKey;
  value: string;
}

/** What to look up: AWS takes one attribute, or none. */
export interface Lookup {
  attribute?: Attribute;
  /** Epoch milliseconds, inclusive. */
  from: number;
  /** Epoch milliseconds, exclusive. Absent: up to now. */
  to?: number;
}

/** What a lookup found. */
export interface Found {
  records: RawCloudTrailRecord[];
  /** Events whose record is no JSON object. */
  broken: number;
  /** Whether there were more pages than may be read. */
  cut: boolean;
}

/** AWS gives no more at once. */
const PAGE_SIZE = 50;
/** The first try and four more. */
const MAX_ATTEMPTS = 5;
/** Wait after the first failure, in milliseconds; it doubles with each. */
const FIRST_BACK_OFF_MS = 1_000;

/**
 * CloudTrail's `LookupEvents`, at the pace that AWS allows for each account and
 * region, whoever asks.
 */
export class EventHistory {
  private readonly limiters = new Map<string, RateLimiter>();

  constructor(
    private readonly deps: {
      options: EventHistoryOptions;
      clients: AwsClients;
      credentials: ReaderCredentials;
      clock: Clock;
      wait: Wait;
      /** From 0 to 1, so that replicas do not come back at the same time. */
      random: () => number;
    },
  ) {}

  /**
   * Looks events up, page by page.
   * @throws the error of the AWS SDK; ServiceUnavailableError where the reader role cannot be assumed; the signal's reason
   */
  async lookup(
    place: HistoryPlace,
    lookup: Lookup,
    signal: AbortSignal,
  ): Promise<Found> {
    const found: Found = { records: [], broken: 0, cut: false };
    let token: string | undefined;
    for (let page = 1; ; page++) {
      const answer = await this.page(place, lookup, PAGE_SIZE, token, signal);
      for (const event of answer.Events ?? []) {
        const record = parsed(event.CloudTrailEvent);
        if (record) {
          found.records.push(record);
        } else {
          found.broken += 1;
        }
      }
      token = answer.NextToken;
      if (!token || page >= this.deps.options.maxPages) {
        return { ...found, cut: token !== undefined };
      }
    }
  }

  /** Whether there is any event at all; as cheap as can be. Throws as {@link EventHistory.lookup}. */
  async holdsAny(
    place: HistoryPlace,
    lookup: Lookup,
    signal: AbortSignal,
  ): Promise<boolean> {
    let token: string | undefined;
    for (let page = 1; page <= this.deps.options.maxPages; page++) {
      const answer = await this.page(place, lookup, 1, token, signal);
      token = answer.NextToken;
      if (answer.Events?.length || !token) {
        return !!answer.Events?.length;
      }
    }
    return false;
  }

  /** One page; a repeated call takes its turn like any other. */
  private async page(
    place: HistoryPlace,
    lookup: Lookup,
    size: number,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<LookupEventsCommandOutput> {
    const limiter = this.limiterOf(place);
    for (let attempt = 1; ; attempt++) {
      await limiter.take(signal);
      try {
        return await this.send(place, input(lookup, size, token), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (attempt >= MAX_ATTEMPTS || !this.mayPass(error, place)) {
          throw error;
        }
        limiter.holdBack(
          FIRST_BACK_OFF_MS * 2 ** (attempt - 1) * (1 + this.deps.random()),
        );
      }
    }
  }

  private async send(
    place: HistoryPlace,
    command: LookupEventsCommand,
    signal: AbortSignal,
  ): Promise<LookupEventsCommandOutput> {
    const { clients, credentials, options } = this.deps;
    const { partition, region } = place;
    signal.throwIfAborted();
    const keys = await orAborted(credentials.of(place), signal);
    const endpoint = options.partitions[partition]?.endpoint;
    return clients
      .cloudTrail({ partition, region, endpoint }, keys)
      .send(command, { abortSignal: signal });
  }

  private mayPass(error: unknown, place: HistoryPlace): boolean {
    if (error instanceof ServiceUnavailableError) {
      return false;
    }
    const kind = failureKind(error);
    if (kind === 'expired') {
      this.deps.credentials.forget(place);
    }
    return kind === 'throttled' || kind === 'expired' || kind === 'down';
  }

  private limiterOf(place: HistoryPlace): RateLimiter {
    const { options, clock, wait } = this.deps;
    const key = `${place.partition} ${place.accountId} ${place.region}`;
    const known = this.limiters.get(key);
    if (known) {
      return known;
    }
    const limiter = new RateLimiter(options.callsPerSecond, clock, wait);
    this.limiters.set(key, limiter);
    return limiter;
  }
}

/** AWS counts in seconds, and includes both ends. */
function input(
  { attribute, from, to }: Lookup,
  size: number,
  token: string | undefined,
): LookupEventsCommand {
  const second = (ms: number) => new Date(Math.floor(ms / 1_000) * 1_000);
  return new LookupEventsCommand({
    LookupAttributes: attribute && [
      { AttributeKey: attribute.key, AttributeValue: attribute.value },
    ],
    StartTime: second(from),
    EndTime: to === undefined ? undefined : second(to - 1),
    MaxResults: size,
    NextToken: token,
  });
}

function parsed(text: string | undefined): RawCloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as RawCloudTrailRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
