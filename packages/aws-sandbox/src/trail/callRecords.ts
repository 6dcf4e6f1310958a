import { AwsError } from '../AwsError';
import { Call, Operation, Result, Service } from '../services/Operation';
import { recordTime } from './format';
import { TrailRecord } from './TrailRecord';
import { foreignIdentity, userIdentity } from './userIdentity';

const CIPHER_SUITE = 'TLS_AES_128_GCM_SHA256';
const REFUSALS = new Set(['AccessDenied', 'Client.UnauthorizedOperation']);

function errorCode(service: Service, error: AwsError): string {
  return service.protocol === 'ec2' && !error.recordCode.startsWith('Client.')
    ? `Client.${error.recordCode}`
    : error.recordCode;
}

function safely<T>(read: () => T): T | undefined {
  // Malformed input may make these unreadable; the record is written all the same.
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function outcomeFields(
  service: Service,
  operation: Operation,
  call: Call,
  outcome: Result | AwsError,
) {
  const parameters = () =>
    safely(() => operation.requestParameters(call)) ?? null;
  if (!(outcome instanceof AwsError)) {
    return {
      requestParameters: parameters(),
      responseElements: outcome.responseElements ?? null,
    };
  }
  const code = errorCode(service, outcome);
  const hidden = REFUSALS.has(code) && !service.recordsRefusedParameters;
  return {
    errorCode: code,
    errorMessage: outcome.message,
    requestParameters: hidden ? null : parameters(),
    responseElements: null,
  };
}

function transfer(
  call: Call,
  outcome: Result | AwsError,
): Record<string, unknown> {
  const body = outcome instanceof AwsError ? '' : outcome.payload?.body;
  return {
    SignatureVersion: 'SigV4',
    CipherSuite: CIPHER_SUITE,
    AuthenticationMethod: 'AuthHeader',
    bytesTransferredIn: call.payload?.length ?? 0,
    bytesTransferredOut: Buffer.byteLength(body ?? ''),
    'x-amz-id-2': call.requestId,
  };
}

function baseRecord(
  service: Service,
  action: string,
  call: Call,
  outcome: Result | AwsError,
): TrailRecord {
  const operation = service.operations[action];
  const { caller, origin } = call;
  const resources = safely(() => operation.resources?.(call));
  const { credential } = caller;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(caller),
    eventTime: recordTime(call.now),
    eventSource: `${service.name}.amazonaws.com`,
    eventName: operation.eventName ?? action,
    awsRegion: safely(() => operation.region?.(call)) ?? call.region,
    sourceIPAddress: origin.sourceIp,
    userAgent: origin.userAgent,
    ...outcomeFields(service, operation, call, outcome),
    ...(service.name === 's3' && {
      additionalEventData: transfer(call, outcome),
    }),
    requestID: call.requestId,
    eventID: call.world.identifiers.uuid(),
    readOnly: operation.readOnly,
    ...(resources?.length && { resources }),
    eventType: 'AwsApiCall',
    managementEvent: !operation.dataEvent,
    recipientAccountId: caller.accountId,
    eventCategory: operation.dataEvent ? 'Data' : 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: CIPHER_SUITE,
      clientProvidedHostHeader: origin.host,
    },
    ...(credential.kind === 'session' &&
      credential.console && { sessionCredentialFromConsole: 'true' as const }),
  };
}

/**
 * The records of one call: one in the caller's account, and for a call that reached into another account
 * a second one there, tied to the first by `sharedEventID`.
 */
export function callRecords(
  service: Service,
  action: string,
  call: Call,
  outcome: Result | AwsError,
): TrailRecord[] {
  const record = baseRecord(service, action, call, outcome);
  const other =
    outcome instanceof AwsError
      ? undefined
      : service.operations[action].otherAccount?.(call);
  if (!other) return [record];
  const sharedEventID = call.world.identifiers.uuid();
  return [
    { ...record, sharedEventID },
    {
      ...record,
      userIdentity: foreignIdentity(call.caller),
      eventID: call.world.identifiers.uuid(),
      recipientAccountId: other,
      sharedEventID,
    },
  ];
}
