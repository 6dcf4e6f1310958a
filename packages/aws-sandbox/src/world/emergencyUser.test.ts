import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { failureOf, TestSandbox } from '../__testUtils__/sandbox';
import { EMERGENCY_USER } from './emergencyUser';

const { roleArn, mfaSerialNumber, mfaCode, arn } = EMERGENCY_USER;
const MFA = { SerialNumber: mfaSerialNumber, TokenCode: mfaCode };

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

const assume = (input: Partial<AssumeRoleCommandInput>) =>
  aws.assume(
    { RoleArn: roleArn, RoleSessionName: 'break-glass-1', ...input },
    EMERGENCY_USER,
  );

it('assumes the break-glass role with its second factor, and the trail shows it', async () => {
  const keys = await assume(MFA);
  await aws.s3(keys).send(new ListBucketsCommand({}));
  const [assumed, listed] = await aws.records('222233334444');
  expect(assumed).toMatchObject({
    eventName: 'AssumeRole',
    userIdentity: { type: 'IAMUser', arn, userName: 'break-glass-1' },
    requestParameters: { roleArn, serialNumber: mfaSerialNumber },
  });
  expect(JSON.stringify(assumed)).not.toContain(mfaCode);
  expect(listed.userIdentity).toMatchObject({
    sessionContext: { attributes: { mfaAuthenticated: 'true' } },
  });
});

it.each([
  ['no second factor', {}],
  ['a wrong code', { ...MFA, TokenCode: '000000' }],
  [
    "another's device",
    { ...MFA, SerialNumber: mfaSerialNumber.replace('-1', '-2') },
  ],
  [
    'the role ReadOnly',
    { ...MFA, RoleArn: roleArn.replace(/[^/]+$/, 'ReadOnly') },
  ],
])('is refused with %s', async (_, input) => {
  expect(await failureOf(assume(input))).toMatchObject({
    code: 'AccessDenied',
    status: 403,
  });
});

it.each([{ SerialNumber: mfaSerialNumber }, { TokenCode: mfaCode }])(
  'half of a second factor is no request: %j',
  async input => {
    expect(await failureOf(assume(input))).toMatchObject({
      code: 'ValidationError',
    });
  },
);

it('may do nothing with its own keys', async () => {
  expect(
    await failureOf(aws.s3(EMERGENCY_USER).send(new ListBucketsCommand({}))),
  ).toMatchObject({ code: 'AccessDenied' });
});

it('signs in to the console, recorded as AWS does', async () => {
  aws.sandbox.signIn({ userArn: arn, sourceIp: '198.51.100.4' });
  aws.sandbox.signIn({ userArn: arn, failed: true });
  const [worked, failed] = await aws.records('222233334444');
  expect(worked).toMatchObject({
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    eventTime: '2026-11-05T12:00:00Z',
    sourceIPAddress: '198.51.100.4',
    userIdentity: {
      type: 'IAMUser',
      principalId: expect.stringMatching(/^AIDA/),
      arn,
      accountId: '222233334444',
      userName: 'break-glass-1',
    },
    requestParameters: null,
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MFAUsed: 'Yes', MFAIdentifier: mfaSerialNumber },
    recipientAccountId: '222233334444',
  });
  expect(failed).toMatchObject({
    errorMessage: 'Failed authentication',
    responseElements: { ConsoleLogin: 'Failure' },
  });
  expect(() => aws.sandbox.signIn({ userArn: `${arn}x` })).toThrow(/no user/);
});
