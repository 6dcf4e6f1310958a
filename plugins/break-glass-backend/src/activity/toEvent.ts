import { ActivityEventRow } from '../database/types';
import { AttributedRecord } from './attribute';
import { CloudTrailRecord, text } from './cloudTrailRecord';
import { iamActionOf } from './iamAction';
import { line } from './line';
import { networkOf } from './network';
import { ProfileHint } from './profileHint';
import { isRefused } from './refusals';
import { resourcesOf } from './resources';
import { EventContext, LeaseContext, SensitiveMarker } from './sensitive';

/** What marks go by. */
export interface Marking {
  /** Counts: the same for all records of a lease, in order. */
  marker: SensitiveMarker;
  context: LeaseContext;
}

/** A record that belongs to a lease, as it is stored: classified, in words, without secrets. */
export async function toEvent(
  leaseId: string,
  attributed: AttributedRecord,
  profileHint: ProfileHint,
  marking: Marking = { marker: new SensitiveMarker(), context: {} },
): Promise<ActivityEventRow> {
  const { record, accountId, alsoIn } = attributed;
  const eventName = shown(record, 128, 'eventName') ?? 'unknown';
  const iam = await iamActionOf(
    text(record, 'eventSource') ?? 'unknown',
    eventName,
  );
  const permission = iam.action && `${iam.service}:${iam.action}`;
  const refused = isRefused(record);
  const event: ActivityEventRow = {
    leaseId,
    eventId: attributed.eventId,
    at: attributed.at,
    sessionId: attributed.sessionId,
    service: iam.service,
    action: eventName,
    region: shown(record, 64, 'awsRegion') ?? 'unknown',
    accessLevel: iam.accessLevel,
    refused,
    errorCode: shown(record, 128, 'errorCode'),
    errorMessage: shown(record, 2_000, 'errorMessage'),
    resources: resourcesOf(record),
    sourceIp: shown(record, 128, 'sourceIPAddress'),
    userAgent: shown(record, 512, 'userAgent'),
    viaConsole: isViaConsole(record),
    chained: attributed.chained,
    sensitive: [],
    profileHint:
      permission && isLack(attributed, refused)
        ? profileHint(permission)
        : undefined,
    accountId,
    alsoIn,
    record,
  };
  const context = contextOf(event, permission, marking.context);
  return {
    ...event,
    sensitive: marking.marker.marks(eventName, record, context),
  };
}

function contextOf(
  event: ActivityEventRow,
  permission: string | undefined,
  lease: LeaseContext,
): EventContext {
  return {
    service: event.service,
    permission,
    at: event.at,
    failed: event.refused || event.errorCode !== undefined,
    chained: event.chained,
    resources: event.resources,
    network: networkOf(event.sourceIp),
    lease,
  };
}

/**
 * Whether the profile may lack the right. Another role's is none, nor is an
 * explicit deny, as of a kill or of guardrails; but for that of the session
 * policy, which denies what the profile does not name.
 */
export function isLack(
  { record, chained }: Pick<AttributedRecord, 'record' | 'chained'>,
  refused: boolean,
): boolean {
  return (
    refused &&
    !chained &&
    !/explicit deny(?! in a session policy)/i.test(
      text(record, 'errorMessage') ?? '',
    )
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

/** Foreign text as one line that is safe to show, limited. */
function shown(
  record: CloudTrailRecord,
  longest: number,
  name: string,
): string | undefined {
  const value = text(record, name);
  return value === undefined ? undefined : line(value, longest);
}
