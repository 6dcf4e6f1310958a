import { CloudTrailRecord } from './cloudTrailRecord';
import { IssuedSession } from './attribute';

/** Account and role of the tests. */
export const ACCOUNT = '111122223333';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/break-glass/BreakGlassAdmin`;

let serial = 0;
const next = () => String((serial += 1)).padStart(8, '0');

/** A new access key id. */
export const aKey = () => `ASIA${next()}TEST`;

/** An issued session, with what differs. */
export function anIssued(change: Partial<IssuedSession> = {}): IssuedSession {
  return {
    id: `session-${next()}`,
    roleArn: ROLE_ARN,
    sessionName: 'bob@01K6F000000000000000000000',
    accessKeyId: aKey(),
    ...change,
  };
}

/** ARN of the calls of a session. */
export function arnOf(sessionName: string, role = 'BreakGlassAdmin'): string {
  return `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${sessionName}`;
}

/** The record of the AssumeRole that gave out a session. */
export function anAssumeRole(
  session: Pick<IssuedSession, 'roleArn' | 'sessionName' | 'accessKeyId'>,
  at: string,
  change: CloudTrailRecord = {},
): CloudTrailRecord {
  const role = session.roleArn.split('/').pop()!;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::555566667777:user/break-glass-broker',
    },
    eventTime: at,
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    awsRegion: 'eu-central-1',
    requestParameters: {
      roleArn: session.roleArn,
      roleSessionName: session.sessionName,
    },
    responseElements: {
      credentials: { accessKeyId: session.accessKeyId },
      assumedRoleUser: { arn: arnOf(session.sessionName, role) },
    },
    eventID: `assume-${next()}`,
    eventCategory: 'Management',
    ...change,
  };
}

/** A call of a session. */
export function aCall(
  by: {
    sessionName: string;
    createdAt: string;
    accessKeyId?: string;
    role?: string;
    sourceIdentity?: string;
  },
  change: CloudTrailRecord = {},
): CloudTrailRecord {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${by.sessionName}`,
      arn: arnOf(by.sessionName, by.role),
      accessKeyId: by.accessKeyId,
      sessionContext: {
        attributes: { creationDate: by.createdAt, mfaAuthenticated: 'false' },
        ...(by.sourceIdentity && { sourceIdentity: by.sourceIdentity }),
      },
    },
    eventTime: by.createdAt,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetBucketPolicy',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-cli/2.9.19',
    requestParameters: { bucketName: 'payroll-reports' },
    responseElements: null,
    eventID: `event-${next()}`,
    eventCategory: 'Management',
    ...change,
  };
}
