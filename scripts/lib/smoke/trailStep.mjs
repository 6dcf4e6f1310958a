import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { cannotSay, failed, ok } from './outcome.mjs';

/** LookupEvents takes two calls a second; records of AssumeRole in an account can be many. */
const MAX_PAGES = 20;

/** Waits for the record of the first session in the account's event history. */
export async function lookAtTrail(smoke, { session, leaseId, assumedAt }) {
  const { trailMinutes } = smoke.settings;
  if (trailMinutes === 0) {
    return cannotSay('not looked at', 'Set SMOKE_TRAIL_MINUTES.');
  }
  const name = smoke.nameOf(leaseId);
  const { trail } = smoke.as(session);
  let record;
  const seconds = await smoke.until(async () => {
    record = await find(trail, name, assumedAt);
    return record !== undefined;
  }, trailMinutes);
  if (seconds === undefined) {
    return cannotSay(
      `no record within ${trailMinutes} min`,
      'CloudTrail promises no time. Look for AssumeRole in the event history of the account later.',
    );
  }
  // The record holds the session token: nothing of it is kept or shown but these.
  const { sourceIdentity, tags = [] } = record.requestParameters ?? {};
  const tag = tags.find(({ key }) => key === 'break-glass:lease')?.value;
  const after = Math.round((Date.now() - assumedAt) / 1_000);
  return sourceIdentity === name && tag === leaseId
    ? ok(`both are there, seen ${after} s after the call`)
    : failed(
        `${
          sourceIdentity === name ? 'no tag of the lease' : 'no source identity'
        } in the record`,
        'Let the trust policy allow sts:SetSourceIdentity and sts:TagSession, or switch sourceIdentity and sessionTags off.',
      );
}

async function find(trail, name, since) {
  let NextToken;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await trail.send(
      new LookupEventsCommand({
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'AssumeRole' },
        ],
        StartTime: new Date(since - 60_000),
        NextToken,
      }),
    );
    const records = (answer.Events ?? []).map(({ CloudTrailEvent }) =>
      JSON.parse(CloudTrailEvent ?? '{}'),
    );
    const found = records.find(
      ({ requestParameters }) => requestParameters?.roleSessionName === name,
    );
    if (found || !answer.NextToken) {
      return found;
    }
    NextToken = answer.NextToken;
  }
  return undefined;
}
