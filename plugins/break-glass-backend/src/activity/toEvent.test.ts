import { attribute } from './attribute';
import { CloudTrailRecord } from './cloudTrailRecord';
import { isRefused } from './refusals';
import { resourcesOf } from './resources';
import { aCall, anAssumeRole, anIssued } from './testing';
import { toEvent } from './toEvent';

const T0 = '2026-10-01T10:00:00Z';

async function eventOf(
  change: CloudTrailRecord,
  hint: (action: string) => string | undefined = () => undefined,
) {
  const session = anIssued();
  const call = aCall({ ...session, createdAt: T0 }, change);
  const { events } = attribute([anAssumeRole(session, T0), call], [session]);
  return toEvent('lease', events[0], hint);
}

describe('toEvent', () => {
  it('turns a record into an event of its lease', async () => {
    const event = await eventOf({
      eventID: 'e1',
      eventTime: '2026-10-01T10:00:09Z',
      eventName: 'PutBucketPolicy',
      requestParameters: { bucketName: 'payroll-reports' },
    });
    expect(event).toMatchObject({
      leaseId: 'lease',
      eventId: 'e1',
      at: Date.parse('2026-10-01T10:00:09Z'),
      service: 's3',
      action: 'PutBucketPolicy',
      region: 'eu-central-1',
      accessLevel: 'permissions-management',
      refused: false,
      resources: ['arn:aws:s3:::payroll-reports'],
      sourceIp: '192.0.2.1',
      viaConsole: false,
      chained: false,
      sensitive: [expect.objectContaining({ rule: 'access-policy' })],
      profileHint: undefined,
    });
  });

  it('never goes by CloudTrail’s readOnly', async () => {
    expect(await eventOf({ readOnly: false })).toMatchObject({
      accessLevel: 'read',
    });
  });

  it('names the profile that would have allowed a call that its profile lacks', async () => {
    const hints = (action: string) =>
      action === 'secretsmanager:GetSecretValue' ? 'Secrets' : undefined;
    const call = {
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: 'GetSecretValue',
    };
    const refused = { ...call, errorCode: 'AccessDenied' };
    const killed = {
      ...refused,
      errorMessage: '… with an explicit deny in a permissions boundary',
    };
    const notNamed = {
      ...refused,
      errorMessage: '… with an explicit deny in a session policy',
    };
    expect((await eventOf(refused, hints)).profileHint).toBe('Secrets');
    expect((await eventOf(notNamed, hints)).profileHint).toBe('Secrets');
    expect((await eventOf(call, hints)).profileHint).toBeUndefined();
    expect((await eventOf(killed, hints)).profileHint).toBeUndefined();
  });

  it.each([
    [{ sessionCredentialFromConsole: 'true' }, true],
    [{ eventType: 'AwsConsoleSignIn' }, true],
    [{ userAgent: '[S3Console/0.4, aws-internal/3]' }, true],
    [{ userAgent: 'signin.amazonaws.com' }, true],
    [{ userAgent: 'aws-cli/2.9.19' }, false],
    [{ userAgent: '[aws-cli/2.9.19]' }, false],
  ])('%j came through the console: %s', async (change, viaConsole) => {
    expect(await eventOf(change)).toMatchObject({ viaConsole });
  });

  it('takes a record with as good as nothing in it', async () => {
    const event = await eventOf({
      eventTime: undefined,
      eventSource: undefined,
      eventName: undefined,
      awsRegion: undefined,
      requestParameters: undefined,
      eventID: undefined,
    });
    expect(event).toMatchObject({
      at: Date.parse(T0),
      service: 'unknown',
      action: 'unknown',
      region: 'unknown',
      resources: [],
    });
  });

  it('pitfall 18: foreign text is one safe line in every field', async () => {
    const hostile = `a\u0000b\nc\u202ed\u001b[31m'; DROP TABLE x; --${'y'.repeat(
      5_000,
    )}`;
    const event = await eventOf({
      eventName: hostile,
      eventSource: hostile,
      awsRegion: hostile,
      errorCode: hostile,
      errorMessage: hostile,
      userAgent: hostile,
      sourceIPAddress: hostile,
      requestParameters: { bucketName: hostile },
    });
    const { record, ...shown } = event;
    const texts = Object.values(shown)
      .flat()
      .filter((each): each is string => typeof each === 'string');
    expect(texts.length).toBeGreaterThan(8);
    // eslint-disable-next-line no-control-regex
    expect(texts.join('')).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
    expect(Math.max(...texts.map(each => each.length))).toBe(2_000);
  });
});

describe('isRefused', () => {
  it.each([
    'AccessDenied',
    'AccessDeniedException',
    'Client.UnauthorizedOperation',
    'UnauthorizedOperation',
    'AuthorizationError',
    'NotAuthorizedException',
    'ForbiddenException',
    'ExpiredToken',
    'KMS.AccessDeniedException',
  ])('%s is a refusal', errorCode => {
    expect(isRefused({ errorCode })).toBe(true);
  });

  it.each([
    'ThrottlingException',
    'NoSuchBucket',
    'NoSuchBucketPolicy',
    'Client.InvalidInstanceID.NotFound',
    'Client.DryRunOperation',
    'InvalidAccessException',
    'ValidationException',
  ])('%s is another error', errorCode => {
    expect(isRefused({ errorCode })).toBe(false);
  });

  it('a failed sign-in has no error code', () => {
    expect(isRefused({ responseElements: { ConsoleLogin: 'Failure' } })).toBe(
      true,
    );
    expect(isRefused({ responseElements: { ConsoleLogin: 'Success' } })).toBe(
      false,
    );
  });
});

describe('resourcesOf', () => {
  it.each([
    [
      { resources: [{ ARN: 'arn:aws:kms:x', accountId: '1' }, { type: 'x' }] },
      ['arn:aws:kms:x'],
    ],
    [
      { requestParameters: { bucketName: 'b', key: 'k/1' } },
      ['arn:aws:s3:::b/k/1'],
    ],
    [
      {
        userIdentity: { arn: 'arn:aws-us-gov:sts::1:assumed-role/R/x' },
        requestParameters: { bucketName: 'b' },
      },
      ['arn:aws-us-gov:s3:::b'],
    ],
    [
      { requestParameters: { secretId: 'payroll/database' } },
      ['payroll/database'],
    ],
    [
      {
        requestParameters: {
          instancesSet: {
            items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }],
          },
        },
      },
      ['i-1', 'i-2'],
    ],
    [{ requestParameters: null }, []],
    [{ requestParameters: { roleName: { odd: true } } }, []],
  ])('of %j are %j', (record, resources) => {
    expect(resourcesOf(record)).toEqual(resources);
  });

  it('names no more than a page can show', () => {
    const resources = Array.from({ length: 500 }, (_, n) => ({
      ARN: `arn:${n}`,
    }));
    expect(resourcesOf({ resources })).toHaveLength(20);
  });
});
