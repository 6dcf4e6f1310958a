import { createHash } from 'node:crypto';
import { AwsError } from '../../AwsError';
import { newestFirst } from '../../trail/EventHistory';
import { TrailRecord } from '../../trail/TrailRecord';
import { Input } from '../../wire/queryInput';
import { objects, recordedInput } from '../input';
import { Call, Operation } from '../Operation';
import {
  attributeOf,
  historyEvent,
  LOOKUP_KEYS,
  LookupKey,
} from './historyEvent';

const MAX_PAGE = 50;
const RATE = { perSecond: 2, burst: 2 };

interface Lookup {
  attribute?: { key: LookupKey; value: string };
  /** Milliseconds. */
  from: number;
  to: number;
}

type Position = Pick<TrailRecord, 'eventTime' | 'eventID'>;

function readAttribute(input: Input): Lookup['attribute'] {
  const attributes = objects(input, 'LookupAttributes');
  if (attributes.length === 0) return undefined;
  const [{ AttributeKey, AttributeValue }] = attributes;
  const key = LOOKUP_KEYS.find(known => known === AttributeKey);
  const known = key && typeof AttributeValue === 'string' && AttributeValue;
  if (attributes.length > 1 || !known || known.length > 2_000) {
    throw new AwsError(
      'InvalidLookupAttributesException',
      `You can specify only one lookup attribute: one of ${LOOKUP_KEYS.join(
        ', ',
      )}, with a value.`,
    );
  }
  return { key, value: known };
}

function instant(input: Input, name: string, fallback: number): number {
  const value = input[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new AwsError('SerializationException', `${name} must be a number`);
  }
  return value * 1000;
}

function readLookup(input: Input): Lookup {
  const from = instant(input, 'StartTime', -Infinity);
  const to = instant(input, 'EndTime', Infinity);
  if (from > to) {
    throw new AwsError(
      'InvalidTimeRangeException',
      'The start time must be before the end time.',
    );
  }
  if (input.EventCategory !== undefined && input.EventCategory !== 'insight') {
    throw new AwsError(
      'InvalidEventCategoryException',
      'The event category must be insight or left out.',
    );
  }
  return { attribute: readAttribute(input), from, to };
}

function pageSize(input: Input): number {
  const size = input.MaxResults ?? MAX_PAGE;
  if (typeof size !== 'number' || !(size >= 1 && size <= MAX_PAGE)) {
    throw new AwsError(
      'InvalidMaxResultsException',
      `MaxResults must be from 1 to ${MAX_PAGE}.`,
    );
  }
  return size;
}

/** A token is good for the lookup that it came from, in its account and region. */
function lookupHash({ input, caller, region }: Call): string {
  const { NextToken, MaxResults, ...rest } = input;
  const text = JSON.stringify([caller.accountId, region, rest]);
  return createHash('sha256').update(text).digest('hex');
}

function toToken(call: Call, { eventTime, eventID }: Position): string {
  const text = JSON.stringify([lookupHash(call), eventTime, eventID]);
  return Buffer.from(text).toString('base64');
}

function readToken(call: Call): Position | undefined {
  const { NextToken } = call.input;
  if (NextToken === undefined) return undefined;
  try {
    const text = Buffer.from(String(NextToken), 'base64').toString('utf8');
    const [hash, eventTime, eventID] = JSON.parse(text);
    if (hash === lookupHash(call)) return { eventTime, eventID };
  } catch {
    // Falls through to the refusal.
  }
  throw new AwsError(
    'InvalidNextTokenException',
    'The NextToken is invalid: it must come from the same lookup.',
  );
}

function matches(record: TrailRecord, { attribute, from, to }: Lookup) {
  const at = Date.parse(record.eventTime);
  if (at < from || at > to) return false;
  return (
    !attribute || attributeOf(record, attribute.key).includes(attribute.value)
  );
}

function takeTurn({ caller, region, facilities, now }: Call): void {
  const name = `LookupEvents ${caller.accountId} ${region}`;
  if (!facilities.rates.take(name, RATE, now)) {
    throw new AwsError('ThrottlingException', 'Rate exceeded');
  }
}

/** `cloudtrail:LookupEvents`: management events of the caller's account in one region, 90 days back, newest first. */
export const lookupEvents: Operation = {
  readOnly: true,
  demands: () => [
    { action: 'cloudtrail:LookupEvents', resource: '*', label: '' },
  ],
  run: async call => {
    takeTurn(call);
    const lookup = readLookup(call.input);
    const size = pageSize(call.input);
    const after = readToken(call);
    const { caller, region, facilities, now } = call;
    const events =
      call.input.EventCategory === 'insight'
        ? []
        : await facilities.eventHistory.events(caller.accountId, region, now);
    const found = events.filter(
      record =>
        matches(record, lookup) && (!after || newestFirst(record, after) > 0),
    );
    const page = found.slice(0, size);
    const more = found.length > page.length;
    return {
      output: {
        Events: page.map(historyEvent),
        ...(more && { NextToken: toToken(call, page[page.length - 1]) }),
      },
    };
  },
  requestParameters: call => recordedInput(call.input),
};
