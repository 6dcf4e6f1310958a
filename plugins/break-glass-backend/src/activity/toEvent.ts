import { ActivityEventRow } from '../database/types';
import { AttributedRecord } from './attribute';
import { CloudTrailRecord, text } from './cloudTrailRecord';
import { iamActionOf } from './iamAction';
import { ProfileHint } from './profileHint';
import { isRefused } from './refusals';
import { resourcesOf } from './resources';
import { sensitiveMarks } from './sensitiveMarks';

/** A record that belongs to a lease, as it is stored: classified, in words, without secrets. */
export async function toEvent(
  leaseId: string,
  attributed: AttributedRecord,
  profileHint: ProfileHint,
): Promise<ActivityEventRow> {
  const { record } = attributed;
  const eventName = line(text(record, 'eventName'), 128) ?? 'unknown';
  const iam = await iamActionOf(
    text(record, 'eventSource') ?? 'unknown',
    eventName,
  );
  const refused = isRefused(record);
  return {
    leaseId,
    eventId: attributed.eventId,
    at: attributed.at,
    sessionId: attributed.sessionId,
    service: iam.service,
    action: eventName,
    region: line(text(record, 'awsRegion'), 64) ?? 'unknown',
    accessLevel: iam.accessLevel,
    refused,
    errorCode: line(text(record, 'errorCode'), 128),
    errorMessage: line(text(record, 'errorMessage'), 2_000),
    resources: resourcesOf(record).map(each => line(each, 1_024)!),
    sourceIp: line(text(record, 'sourceIPAddress'), 128),
    userAgent: line(text(record, 'userAgent'), 512),
    viaConsole: isViaConsole(record),
    chained: attributed.chained,
    sensitive: sensitiveMarks(iam.service, eventName, record),
    profileHint: isLack(attributed, refused)
      ? iam.action && profileHint(`${iam.service}:${iam.action}`)
      : undefined,
    accountId: attributed.accountId,
    alsoIn: attributed.alsoIn,
    record,
  };
}

/** Whether the profile may lack the right: an explicit deny, as of a kill, is no lack; nor is another role's. */
function isLack({ record, chained }: AttributedRecord, refused: boolean) {
  return (
    refused &&
    !chained &&
    !/explicit deny/i.test(text(record, 'errorMessage') ?? '')
  );
}

const CONSOLE_AGENT =
  /^\[?(S3Console\/|AWS-Console|aws-internal\/.*console)|(signin|console)\.amazonaws\.com/i;

/** Whether a call came from the console: AWS says so on some records only. */
function isViaConsole(record: CloudTrailRecord): boolean {
  return (
    text(record, 'sessionCredentialFromConsole') === 'true' ||
    text(record, 'eventType') === 'AwsConsoleSignIn' ||
    text(record, 'eventType') === 'AwsConsoleAction' ||
    CONSOLE_AGENT.test(text(record, 'userAgent') ?? '')
  );
}

/** Foreign text as one line that is safe to show: no control or direction characters, limited. */
function line(value: string | undefined, longest: number): string | undefined {
  return (
    value
      // eslint-disable-next-line no-control-regex
      ?.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
      .slice(0, longest)
  );
}
