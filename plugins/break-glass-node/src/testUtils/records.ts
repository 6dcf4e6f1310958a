import { RawCloudTrailRecord } from '../activitySource';

/** Account of the records, where nothing else is said. */
export const ACCOUNT_ID = '111122223333';
/** Account of the broker that assumes the roles. */
export const BROKER_ACCOUNT_ID = '999988887777';
/** Role of the records, with its path. */
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/break-glass/BreakGlassAdmin`;
/** The broker itself. */
export const BROKER_ARN = `arn:aws:iam::${BROKER_ACCOUNT_ID}:user/break-glass-broker`;

/** One CloudTrail record and where it is delivered to. */
export interface DeliveredRecord {
  record: RawCloudTrailRecord;
  /** 12 digits; the account whose log holds it. */
  accountId: string;
  region: string;
  /** Epoch milliseconds; the file's time, and by it the day it is filed under. */
  filedAt: number;
}

/** What a record is about; the rest of it follows. */
export interface RecordFacts {
  /** Epoch milliseconds, whole seconds. */
  at: number;
  accountId?: string;
  region?: string;
  roleArn?: string;
  sessionName?: string;
  accessKeyId?: string;
  sourceIdentity?: string;
  /** Top-level members that replace what would be there. */
  change?: RawCloudTrailRecord;
}

let serial = 0;

/** An event id like AWS gives them, another one at each call. */
export function anEventId(): string {
  const count = (serial += 1).toString(16).padStart(12, '0');
  return `0e5e9f1c-5b1a-4c7e-9d2a-${count}`;
}

/** As CloudTrail writes instants: UTC, in seconds. */
export function eventTimeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** ARN that the calls of a session carry: without the path of the role. */
export function sessionArnOf(roleArn: string, sessionName: string): string {
  const [, partition, , , accountId, resource] = roleArn.split(':');
  const role = resource.split('/').pop();
  return `arn:${partition}:sts::${accountId}:assumed-role/${role}/${sessionName}`;
}

/** The `userIdentity` of a call under an assumed role. */
export function aRoleIdentity(facts: RecordFacts): RawCloudTrailRecord {
  const { at, roleArn = ROLE_ARN, sessionName = 'bob' } = facts;
  const accountId = roleArn.split(':')[4];
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEROLE000001:${sessionName}`,
    arn: sessionArnOf(roleArn, sessionName),
    accountId,
    accessKeyId: facts.accessKeyId ?? 'ASIAEXAMPLECALLER001',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEROLE000001',
        arn: roleArn,
        accountId,
        userName: roleArn.split('/').pop(),
      },
      attributes: {
        mfaAuthenticated: 'false',
        creationDate: eventTimeOf(at - 60_000),
      },
      ...(facts.sourceIdentity && { sourceIdentity: facts.sourceIdentity }),
    },
  };
}

/** A management read by a session, with what differs. */
export function aCloudTrailRecord(facts: RecordFacts): RawCloudTrailRecord {
  const { accountId = ACCOUNT_ID, region = 'eu-central-1' } = facts;
  return {
    eventVersion: '1.11',
    userIdentity: aRoleIdentity(facts),
    eventTime: eventTimeOf(facts.at),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetBucketPolicy',
    awsRegion: region,
    sourceIPAddress: '203.0.113.7',
    userAgent: '[aws-cli/2.17.32 md/Botocore#1.34.1]',
    requestParameters: { bucketName: 'payroll-exports', policy: '' },
    responseElements: null,
    requestID: '9W3ATPKHKXYJ8M5Q',
    eventID: anEventId(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...facts.change,
  };
}

/** An object-level (data) event of a session. */
export function aDataEventRecord(facts: RecordFacts): RawCloudTrailRecord {
  return aCloudTrailRecord({
    ...facts,
    change: {
      eventName: 'GetObject',
      requestParameters: { bucketName: 'payroll-exports', key: 'march.csv' },
      managementEvent: false,
      eventCategory: 'Data',
      ...facts.change,
    },
  });
}

/** What an AssumeRole gave out, and to whom. */
export interface AssumeRoleFacts extends RecordFacts {
  /** The key that it returned. */
  issuedKeyId?: string;
  /** ARN of who called; the broker where nothing is said. */
  callerArn?: string;
  /** `AssumeRole`, or one of its sisters with a federated identity. */
  eventName?: 'AssumeRole' | 'AssumeRoleWithSAML' | 'AssumeRoleWithWebIdentity';
}

/** The record of an AssumeRole in the account of the role, session token included. */
export function anAssumeRoleRecord(
  facts: AssumeRoleFacts,
): RawCloudTrailRecord {
  const { at, roleArn = ROLE_ARN, sessionName = 'bob' } = facts;
  return aCloudTrailRecord({
    ...facts,
    change: {
      userIdentity: callerOf(facts),
      eventSource: 'sts.amazonaws.com',
      eventName: facts.eventName ?? 'AssumeRole',
      requestParameters: {
        roleArn,
        roleSessionName: sessionName,
        durationSeconds: 3600,
        ...(facts.sourceIdentity && { sourceIdentity: facts.sourceIdentity }),
      },
      responseElements: {
        credentials: {
          accessKeyId: facts.issuedKeyId ?? 'ASIAEXAMPLEISSUED001',
          sessionToken: `IQoJb3JpZ2luX2VjE${'A'.repeat(80)}`,
          expiration: 'Nov 21, 2026, 12:00:00 PM',
        },
        assumedRoleUser: {
          assumedRoleId: `AROAEXAMPLEROLE000001:${sessionName}`,
          arn: sessionArnOf(roleArn, sessionName),
        },
      },
      resources: [
        {
          accountId: roleArn.split(':')[4],
          type: 'AWS::IAM::Role',
          ARN: roleArn,
        },
      ],
      eventTime: eventTimeOf(at),
      ...facts.change,
    },
  });
}

function callerOf(facts: AssumeRoleFacts): RawCloudTrailRecord {
  if (facts.eventName === 'AssumeRoleWithSAML') {
    return {
      type: 'SAMLUser',
      principalId: 'idp-qualifier=:bob',
      userName: 'bob',
      identityProvider: 'idp-qualifier=',
    };
  }
  if (facts.eventName === 'AssumeRoleWithWebIdentity') {
    return {
      type: 'WebIdentityUser',
      principalId: 'accounts.example.com:application:bob',
      userName: 'bob',
      identityProvider: 'accounts.example.com',
    };
  }
  return aUserIdentity(facts.callerArn ?? BROKER_ARN);
}

/** The `userIdentity` of a call by an IAM user, or by an account's root. */
export function aUserIdentity(userArn: string): RawCloudTrailRecord {
  const accountId = userArn.split(':')[4];
  if (userArn.endsWith(':root')) {
    return { type: 'Root', principalId: accountId, arn: userArn, accountId };
  }
  return {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLEUSER000001',
    arn: userArn,
    accountId,
    accessKeyId: 'AKIAEXAMPLEUSER00001',
    userName: userArn.split('/').pop(),
  };
}

/** Delivers a record where it says it belongs, at its own time, unless told otherwise. */
export function delivered(
  record: RawCloudTrailRecord,
  change: Partial<DeliveredRecord> = {},
): DeliveredRecord {
  return {
    record,
    accountId: String(record.recipientAccountId),
    region: String(record.awsRegion),
    filedAt: Date.parse(String(record.eventTime)),
    ...change,
  };
}
