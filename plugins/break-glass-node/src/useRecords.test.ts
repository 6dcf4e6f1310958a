import {
  ACCOUNT_ID,
  aConsoleLoginRecord,
  aFailedConsoleLoginRecord,
  aSwitchRoleRecord,
  EMERGENCY_USER_ARN,
  ROLE_ARN,
  Scene,
} from './testUtils';
import { isUse } from './useRecords';

const at = Date.parse('2026-10-01T11:00:00Z');
const scene = new Scene(at);
const query = scene.uses();

describe('isUse', () => {
  it.each([
    [query.from, true],
    [query.from - 1_000, false],
    [query.to - 1_000, true],
    [query.to, false],
  ])('takes the time from inclusive to exclusive: %s', (time, expected) => {
    const { record } = scene.assumeRole({ at: time });
    expect(isUse(record, query)).toBe(expected);
  });

  it('knows a refused AssumeRole by its resources, as it has no parameters', () => {
    const refused = (ARN: string) =>
      scene.assumeRole({
        change: {
          errorCode: 'AccessDenied',
          requestParameters: null,
          responseElements: null,
          resources: [{ accountId: ACCOUNT_ID, type: 'AWS::IAM::Role', ARN }],
        },
      }).record;
    expect(isUse(refused(ROLE_ARN), query)).toBe(true);
    expect(isUse(refused(`${ROLE_ARN}2`), query)).toBe(false);
  });

  it('pitfall 17: a role of the same name on another path is another role', () => {
    const roleArn = `arn:aws:iam::${ACCOUNT_ID}:role/other/BreakGlassAdmin`;
    expect(isUse(aConsoleLoginRecord({ at, roleArn }), query)).toBe(false);
  });

  it('pitfall 17: a user of the same name in another account is another user', () => {
    const userArn = EMERGENCY_USER_ARN.replace(ACCOUNT_ID, '222233334444');
    const failed = (arn: string) =>
      aFailedConsoleLoginRecord({ at, userArn: arn });
    expect(isUse(failed(EMERGENCY_USER_ARN), query)).toBe(true);
    expect(isUse(failed(userArn), query)).toBe(false);
    expect(isUse(failed(`${EMERGENCY_USER_ARN}2`), query)).toBe(false);
  });

  it('knows a refused sign-in of root, and of which account', () => {
    const root = (accountId: string) =>
      aFailedConsoleLoginRecord({
        at,
        userArn: `arn:aws:iam::${accountId}:root`,
      });
    const userArns = [`arn:aws:iam::${ACCOUNT_ID}:root`];
    expect(isUse(root(ACCOUNT_ID), { ...query, userArns })).toBe(true);
    expect(isUse(root('222233334444'), { ...query, userArns })).toBe(false);
    const user = aFailedConsoleLoginRecord({ at, userArn: EMERGENCY_USER_ARN });
    expect(isUse(user, { ...query, userArns })).toBe(false);
  });

  it.each([
    ['AssumeRole', true],
    ['AssumeRoleWithSAML', true],
    ['AssumeRoleWithWebIdentity', true],
    ['AssumeRoot', false],
    ['GetSessionToken', false],
  ])('knows what assumes a role: %s', (eventName, expected) => {
    const { record } = scene.assumeRole({ change: { eventName } });
    expect(isUse(record, query)).toBe(expected);
  });

  it.each([
    ['AssumeRole', true],
    ['GetSessionToken', true],
    ['GetFederationToken', true],
    ['ConsoleLogin', true],
    ['SwitchRole', true],
    ['GetCallerIdentity', false],
  ])('knows what a user makes a use of: %s', (eventName, expected) => {
    const by = (callerArn: string) =>
      scene.assumeRole({
        callerArn,
        roleArn: `${ROLE_ARN}2`,
        change: { eventName },
      }).record;
    expect(isUse(by(EMERGENCY_USER_ARN), query)).toBe(expected);
    expect(isUse(by(`${EMERGENCY_USER_ARN}2`), query)).toBe(false);
  });

  it('knows a switch into a role without its issuer, and from whom it was', () => {
    const another = `${EMERGENCY_USER_ARN}2`;
    const switched = (userArn: string, roleArn: string) =>
      isUse(aSwitchRoleRecord({ at, userArn, roleArn }), query);
    expect(switched(another, ROLE_ARN)).toBe(true);
    expect(switched(EMERGENCY_USER_ARN, `${ROLE_ARN}2`)).toBe(true);
    expect(switched(another, `${ROLE_ARN}2`)).toBe(false);
  });

  it('pitfall 17: the name of a user counts only where the ARN is missing', () => {
    const { userIdentity } = aFailedConsoleLoginRecord({
      at,
      userArn: EMERGENCY_USER_ARN,
    });
    const arn = EMERGENCY_USER_ARN.replace('emergency/', 'other/');
    const record = aFailedConsoleLoginRecord({
      at,
      userArn: EMERGENCY_USER_ARN,
      change: { userIdentity: { ...(userIdentity as object), arn } },
    });
    expect(isUse(record, query)).toBe(false);
  });

  it.each([null, [], 'text', { ARN: ROLE_ARN }, [null, 7]])(
    'pitfall 18: is not put off by the resources %j',
    resources => {
      const { record } = scene.assumeRole({
        change: { requestParameters: null, resources },
      });
      expect(isUse(record, query)).toBe(false);
    },
  );
});
