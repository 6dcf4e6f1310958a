import { attribute } from '../../attribute';
import { CloudTrailRecord } from '../../cloudTrailRecord';
import { aCall, anAssumeRole, anIssued } from '../../testing';
import { toEvent } from '../../toEvent';
import { SensitiveMarker } from '../SensitiveMarker';
import { LeaseContext } from '../SensitiveRule';

const BEGAN = '2026-10-01T10:00:00Z';

/** Marks of calls of one lease, made one after another, through everything between a record and its event. */
export async function marksOf(
  calls: CloudTrailRecord[],
  context: LeaseContext = {},
) {
  const session = anIssued();
  const marker = new SensitiveMarker();
  const marks = [];
  for (const call of calls) {
    const record = aCall({ ...session, createdAt: BEGAN }, call);
    const { events } = attribute(
      [anAssumeRole(session, BEGAN), record],
      [session],
    );
    const event = await toEvent('lease', events[0], () => undefined, {
      marker,
      context,
    });
    marks.push(event.sensitive);
  }
  return marks;
}

/** Ids of the rules that mark one call. */
export async function rulesOf(
  call: CloudTrailRecord,
  context?: LeaseContext,
): Promise<string[]> {
  const [marks] = await marksOf([call], context);
  return marks.map(mark => mark.rule);
}

/** A call of an API by its event, e.g. `s3:PutBucketPolicy`. */
export function callTo(
  event: string,
  requestParameters: unknown = {},
): CloudTrailRecord {
  const [service, eventName] = event.split(':');
  const source = service === 'cloudwatch' ? 'monitoring' : service;
  return {
    eventSource: `${source}.amazonaws.com`,
    eventName,
    requestParameters,
  };
}
