import { seededRandom } from '../random.mjs';

const HOME = 'eu-central-1';
const GLOBAL = 'us-east-1';
const SEED = 20_26;
const DIGITS = 12;

const instance = id => `arn:aws:ec2:${HOME}:111122223333:instance/i-0${id}`;
const bucket = id => `arn:aws:s3:::team-${parseInt(id, 16) % 97}-artifacts`;
const user = id =>
  `arn:aws:iam::111122223333:user/person-${parseInt(id, 16) % 61}`;
const other = id => `arn:aws:kms:${HOME}:111122223333:key/${id}`;

/** Calls as in an incident: mostly looking, some changes, some that the profile refuses. */
const CALLS = [
  ['ec2', 'DescribeInstances', { of: instance, share: 26 }],
  ['ec2', 'DescribeSecurityGroups', { of: instance, share: 10 }],
  ['s3', 'GetBucketPolicy', { of: bucket, share: 14 }],
  ['s3', 'GetBucketAcl', { of: bucket, share: 10 }],
  ['iam', 'GetUser', { of: user, share: 10, region: GLOBAL }],
  ['iam', 'ListAccessKeys', { of: user, share: 8, region: GLOBAL }],
  ['ec2', 'CreateTags', { of: instance, share: 7, writes: true }],
  ['ec2', 'StopInstances', { of: instance, share: 3, writes: true }],
  ['kms', 'DescribeKey', { of: other, share: 5, refused: 'AccessDenied' }],
  [
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { of: other, share: 3, writes: true, refused: 'AccessDenied' },
  ],
  [
    'ec2',
    'RunInstances',
    {
      of: instance,
      share: 2,
      writes: true,
      refused: 'Client.UnauthorizedOperation',
    },
  ],
  [
    'secretsmanager',
    'GetSecretValue',
    { of: other, share: 2, refused: 'AccessDenied' },
  ],
];
const SHARES = CALLS.flatMap(call => Array(call[2].share).fill(call));

const hex = (n, length) => n.toString(16).padStart(length, '0');

/**
 * Calls of one session, spread evenly over its time, in the shape in which CloudTrail delivers them.
 *
 * @param {object} like - a record that was delivered of the session: who called, from where
 * @param {{events: number, from: number, to: number}} spread - instants in milliseconds
 */
export function sessionRecords(like, { events, from, to }) {
  const random = seededRandom(SEED);
  return Array.from({ length: events }, (_, n) => {
    const call = SHARES[Math.floor(random() * SHARES.length)];
    const at = from + ((to - from) * n) / events;
    return recordOf(like, call, n, Math.floor(at / 1000) * 1000);
  });
}

/** A resource that one event alone has, far from the first. */
export function rareText(records) {
  const last = records.filter(({ eventName }) => eventName === 'CreateTags');
  return last[last.length - 1].resources[0].ARN.split('/')[1];
}

function recordOf(like, [service, action, facts], n, at) {
  const { of, region = HOME, writes = false, refused } = facts;
  const id = hex(n, DIGITS);
  const arn = of(id);
  return {
    eventVersion: '1.11',
    userIdentity: like.userIdentity,
    eventTime: new Date(at).toISOString().replace('.000Z', 'Z'),
    eventSource: `${service}.amazonaws.com`,
    eventName: action,
    awsRegion: region,
    sourceIPAddress: like.sourceIPAddress,
    userAgent: like.userAgent,
    ...(refused && {
      errorCode: refused,
      errorMessage: `User: ${like.userIdentity.arn} is not authorized to perform: ${service}:${action} on resource: ${arn} because no session policy allows the ${service}:${action} action`,
    }),
    requestParameters: refused
      ? null
      : { resource: arn, maxResults: 1000, filterSet: {} },
    responseElements:
      writes && !refused ? { requestId: id, _return: true } : null,
    requestID: `cccccccc-0000-4000-8000-${id}`,
    eventID: `bbbbbbbb-0000-4000-8000-${id}`,
    readOnly: !writes,
    resources: [{ accountId: like.recipientAccountId, ARN: arn }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: like.recipientAccountId,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
    },
  };
}
