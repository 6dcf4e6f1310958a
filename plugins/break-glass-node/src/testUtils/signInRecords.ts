import { RawCloudTrailRecord } from '../activitySource';
import {
  aCloudTrailRecord,
  aRoleIdentity,
  aUserIdentity,
  RecordFacts,
  ROLE_ARN,
} from './records';

/** A sign-in to the console: by a user, or else into the role. */
export function aConsoleLoginRecord(
  facts: RecordFacts & { userArn?: string },
): RawCloudTrailRecord {
  return aSignIn(facts, {
    userIdentity: facts.userArn
      ? aUserIdentity(facts.userArn)
      : aRoleIdentity(facts),
    eventName: 'ConsoleLogin',
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: {
      LoginTo: 'https://console.aws.amazon.com/console/home',
      MobileVersion: 'No',
      MFAUsed: 'Yes',
    },
  });
}

/** A refused sign-in of a user: these records leave out the user's ARN. */
export function aFailedConsoleLoginRecord(
  facts: RecordFacts & { userArn: string },
): RawCloudTrailRecord {
  const { arn: _, ...userIdentity } = aUserIdentity(facts.userArn);
  return aSignIn(facts, {
    userIdentity: { ...userIdentity, accessKeyId: '' },
    eventName: 'ConsoleLogin',
    errorMessage: 'Failed authentication',
    responseElements: { ConsoleLogin: 'Failure' },
  });
}

/** A switch of roles in the console, as the account of the role records it. */
export function aSwitchRoleRecord(
  facts: RecordFacts & { userArn: string },
): RawCloudTrailRecord {
  const { sessionContext: _, ...userIdentity } = aRoleIdentity({
    ...facts,
    roleArn: facts.roleArn ?? ROLE_ARN,
    sessionName: facts.sessionName ?? facts.userArn.split('/').pop(),
  });
  return aSignIn(facts, {
    userIdentity,
    eventName: 'SwitchRole',
    responseElements: { SwitchRole: 'Success' },
    additionalEventData: {
      SwitchFrom: facts.userArn,
      RedirectTo: 'https://console.aws.amazon.com/console/home',
    },
  });
}

/** `GetSessionToken` or `GetFederationToken` of a user. */
export function aTokenRecord(
  facts: RecordFacts & {
    userArn: string;
    eventName: 'GetSessionToken' | 'GetFederationToken';
  },
): RawCloudTrailRecord {
  return aCloudTrailRecord({
    region: 'us-east-1',
    ...facts,
    change: {
      userIdentity: aUserIdentity(facts.userArn),
      eventSource: 'sts.amazonaws.com',
      eventName: facts.eventName,
      requestParameters: { durationSeconds: 3600 },
      ...facts.change,
    },
  });
}

function aSignIn(
  facts: RecordFacts,
  change: RawCloudTrailRecord,
): RawCloudTrailRecord {
  return aCloudTrailRecord({
    region: 'us-east-1',
    ...facts,
    change: {
      eventSource: 'signin.amazonaws.com',
      requestParameters: null,
      readOnly: false,
      eventType: 'AwsConsoleSignIn',
      ...change,
      ...facts.change,
    },
  });
}
