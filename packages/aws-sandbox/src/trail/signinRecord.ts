import { Caller } from '../services/Caller';
import { recordTime } from './format';
import { TrailRecord } from './TrailRecord';
import { userIdentity } from './userIdentity';

/** What happened at the sign-in endpoint. */
export interface SigninEvent {
  name: 'GetSigninToken' | 'ConsoleLogin';
  caller: Caller;
  /** Milliseconds. */
  at: number;
  eventId: string;
  origin: { sourceIp: string; userAgent: string; host: string };
  /** Why it was refused; undefined for success. */
  error?: string;
  /** The destination of a login. */
  loginTo?: string;
  /** The key id with which the console will work. */
  consoleAccessKeyId?: string;
}

/** The record of a sign-in, in the shape of `signin.amazonaws.com`. */
export function signinRecord(event: SigninEvent): TrailRecord {
  const { caller, origin, error, loginTo, consoleAccessKeyId } = event;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(caller),
    eventTime: recordTime(event.at),
    eventSource: 'signin.amazonaws.com',
    eventName: event.name,
    awsRegion: caller.account.region,
    sourceIPAddress: origin.sourceIp,
    userAgent: origin.userAgent,
    ...(error && { errorMessage: error }),
    requestParameters: null,
    responseElements: {
      ...(consoleAccessKeyId && {
        credentials: { accessKeyId: consoleAccessKeyId },
      }),
      [event.name]: error ? 'Failure' : 'Success',
    },
    additionalEventData: {
      ...(loginTo && { LoginTo: loginTo }),
      MobileVersion: 'No',
      MFAUsed: 'No',
    },
    eventID: event.eventId,
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    managementEvent: true,
    recipientAccountId: caller.accountId,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: origin.host,
    },
  };
}
