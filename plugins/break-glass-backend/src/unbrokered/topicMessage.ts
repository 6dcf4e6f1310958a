import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { z } from 'zod';
import { Millis } from '../database/types';

/** Longest message that is looked at, in characters. EventBridge and SQS carry 256 KB at most. */
const LONGEST_MESSAGE = 300_000;
/** Envelopes that lie in each other: SNS in SQS, and the text of either. */
const DEEPEST = 3;
/** Events older than this are left to the logs, in milliseconds. */
export const OLDEST_EVENT: Millis = 24 * 60 * 60_000;
/** Events further ahead than this are not of this world. */
const FURTHEST_AHEAD: Millis = 10 * 60_000;

const recordSchema = z.looseObject({
  eventID: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  eventTime: z.iso.datetime(),
  eventSource: z.enum(['sts.amazonaws.com', 'signin.amazonaws.com']),
  eventName: z.string().max(128),
  userIdentity: z.looseObject({ type: z.string().max(64) }),
});

const eventSchema = z.looseObject({
  source: z.enum(['aws.sts', 'aws.signin']),
  'detail-type': z.enum([
    'AWS API Call via CloudTrail',
    'AWS Console Sign In via CloudTrail',
  ]),
  detail: recordSchema,
});

/** What SNS puts around a message, where raw delivery is off. */
const snsSchema = z.looseObject({
  Type: z.literal('Notification'),
  Message: z.string(),
});

/** Why a message is dropped; none of its content. */
export class MalformedMessage extends Error {}

/**
 * The CloudTrail record in a message of the topic: an EventBridge event as such,
 * as text, or in an SNS notification. Untrusted, and not redacted yet.
 * @param now - epoch milliseconds
 * @returns undefined for an event that is too old to be news
 * @throws MalformedMessage in words that hold nothing of the message
 */
export function recordInMessage(
  payload: unknown,
  now: Millis,
): RawCloudTrailRecord | undefined {
  const event = eventSchema.safeParse(unwrap(payload));
  if (!event.success) {
    const places = event.error.issues.map(issue => issue.path.join('.'));
    throw new MalformedMessage(
      `is no EventBridge event of STS or the sign-in (${
        [...new Set(places)].filter(Boolean).join(', ') || 'the whole'
      })`,
    );
  }
  const { detail } = event.data;
  const at = Date.parse(detail.eventTime);
  if (at > now + FURTHEST_AHEAD) {
    throw new MalformedMessage('is of a time that has not come');
  }
  return at >= now - OLDEST_EVENT ? detail : undefined;
}

function unwrap(payload: unknown): unknown {
  let inner = payload;
  for (let depth = 0; depth <= DEEPEST; depth++) {
    if (typeof inner === 'string') {
      inner = parsed(inner);
      continue;
    }
    const envelope = snsSchema.safeParse(inner);
    if (!envelope.success) {
      return sized(inner);
    }
    inner = envelope.data.Message;
  }
  throw new MalformedMessage('has too many envelopes');
}

function parsed(text: string): unknown {
  if (text.length > LONGEST_MESSAGE) {
    throw new MalformedMessage('is too long');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedMessage('is not JSON');
  }
}

function sized(value: unknown): unknown {
  if ((JSON.stringify(value) ?? '').length > LONGEST_MESSAGE) {
    throw new MalformedMessage('is too long');
  }
  return value;
}
