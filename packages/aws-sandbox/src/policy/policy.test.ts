import { authorize, CallerPolicies, reasonOf } from './authorize';
import { testCondition } from './conditions';
import { parsePolicy, PolicyKind, PolicySyntaxError } from './policyDocument';
import { RequestContext } from './RequestContext';
import { matchesArn, matchesWildcard } from './wildcard';

const document = (kind: PolicyKind, ...Statement: Record<string, unknown>[]) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), kind);

const identity = (...statements: Record<string, unknown>[]) =>
  document('identity', ...statements);

const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' };
const DENY = { Effect: 'Deny', Action: '*', Resource: '*' };
const OTHER = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };

const SESSION = 'arn:aws:sts::111122223333:assumed-role/Admin/mary';
const ROLE = 'arn:aws:iam::111122223333:role/break-glass/Admin';
const caller = {
  accountId: '111122223333',
  partition: 'aws',
  arn: SESSION,
  principalArn: ROLE,
};

const ask = {
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::reports/a.csv',
  context: new RequestContext(),
};

const resourcePolicy = (
  Principal: unknown,
  Effect: 'Allow' | 'Deny' = 'Allow',
  accountId = '111122223333',
) => ({
  accountId,
  document: document('resource', {
    Effect,
    Principal,
    Action: 's3:*',
    Resource: '*',
  }),
});

const decide = (
  policies: CallerPolicies,
  resource: Parameters<typeof authorize>[2] = { accountId: '111122223333' },
) => {
  const decision = authorize(caller, policies, resource, ask);
  return decision.allowed ? 'allowed' : reasonOf(decision, ask.action);
};

describe('within one account', () => {
  const because = (kind: string) =>
    `because no ${kind} allows the s3:GetObject action`;

  it.each<[string, CallerPolicies, string]>([
    ['identity allows', { identity: [identity(ALLOW)] }, 'allowed'],
    ['nothing allows', { identity: [] }, because('identity-based policy')],
    [
      'the boundary is silent',
      { identity: [identity(ALLOW)], boundary: [identity(OTHER)] },
      because('permissions boundary'),
    ],
    [
      'the boundary is gone',
      { identity: [identity(ALLOW)], boundary: [] },
      because('permissions boundary'),
    ],
    [
      'the session policy is silent',
      { identity: [identity(ALLOW)], session: [identity(OTHER)] },
      because('session policy'),
    ],
    [
      'one of two session policies allows',
      {
        identity: [identity(ALLOW)],
        session: [identity(OTHER), identity(ALLOW)],
      },
      'allowed',
    ],
    [
      'only boundary and session allow',
      { identity: [], boundary: [identity(ALLOW)], session: [identity(ALLOW)] },
      because('identity-based policy'),
    ],
    [
      'identity denies',
      { identity: [identity(ALLOW, DENY)] },
      'with an explicit deny in an identity-based policy',
    ],
    [
      'the boundary denies',
      { identity: [identity(ALLOW)], boundary: [identity(ALLOW, DENY)] },
      'with an explicit deny in a permissions boundary',
    ],
    [
      'the session policy denies',
      {
        identity: [identity(ALLOW)],
        session: [identity(ALLOW), identity(DENY)],
      },
      'with an explicit deny in a session policy',
    ],
  ])('when %s', (_, policies, expected) => {
    expect(decide(policies)).toBe(expected);
  });

  const none: CallerPolicies = { identity: [] };
  const limited: CallerPolicies = { identity: [], session: [identity(OTHER)] };

  it('a resource policy that names the role adds to it, inside the session policy', () => {
    const policy = resourcePolicy({ AWS: ROLE });
    expect(decide(none, policy)).toBe('allowed');
    expect(decide(limited, policy)).toBe(because('session policy'));
  });

  it('a resource policy that names the session passes the session policy, but no explicit deny', () => {
    const policy = resourcePolicy({ AWS: SESSION });
    expect(decide(limited, policy)).toBe('allowed');
    expect(decide({ identity: [identity(DENY)] }, policy)).toContain(
      'explicit deny in an identity-based policy',
    );
  });

  it('a resource policy that names the account leaves it to the identity policies', () => {
    const policy = resourcePolicy({ AWS: '111122223333' });
    expect(decide(none, policy)).toBe(because('identity-based policy'));
    expect(decide({ identity: [identity(ALLOW)] }, policy)).toBe('allowed');
  });

  it.each([
    '*',
    { AWS: '*' },
    { AWS: ROLE },
    { AWS: SESSION },
    { AWS: 'arn:aws:iam::111122223333:root' },
  ])('a deny for %j in the resource policy locks the caller out', principal => {
    expect(
      decide(
        { identity: [identity(ALLOW)] },
        resourcePolicy(principal, 'Deny'),
      ),
    ).toBe('with an explicit deny in a resource-based policy');
  });

  it('a service principal names no caller', () => {
    const policy = resourcePolicy({ Service: 'ec2.amazonaws.com' });
    expect(decide(none, policy)).toBe(because('identity-based policy'));
  });
});

describe('across accounts', () => {
  it('both sides must allow', () => {
    const other = '222233334444';
    const open = resourcePolicy('*', 'Allow', other);
    expect(decide({ identity: [identity(ALLOW)] }, open)).toBe('allowed');
    expect(decide({ identity: [] }, open)).toContain('identity-based');
    expect(
      decide({ identity: [identity(ALLOW)] }, { accountId: other }),
    ).toContain('resource-based');
  });

  it('the session policy limits even a grant to the session itself', () => {
    const open = resourcePolicy({ AWS: SESSION }, 'Allow', '222233334444');
    expect(
      decide({ identity: [identity(ALLOW)], session: [identity(OTHER)] }, open),
    ).toContain('session policy');
  });
});

describe('conditions', () => {
  const context = new RequestContext()
    .set('aws:CurrentTime', '2026-11-05T12:00:00Z')
    .set('aws:userid', 'AROAX:mary@01LEASE')
    .set('aws:PrincipalArn', ROLE)
    .set('aws:MultiFactorAuthPresent', 'false')
    .set('aws:TagKeys', ['a', 'b'])
    .set('aws:PrincipalTag/team', 'payroll');
  const test = (operator: string, key: string, ...values: string[]) =>
    testCondition({ operator, key: key.toLowerCase(), values }, context);

  it.each<[string, string, string[], string]>([
    ['StringEquals', 'aws:userid', ['AROAX:mary@01LEASE'], 'yes'],
    ['StringEquals', 'aws:userid', ['aroax:mary@01lease'], 'no'],
    ['StringEqualsIgnoreCase', 'aws:userid', ['aroax:mary@01lease'], 'yes'],
    ['StringNotEquals', 'aws:userid', ['x', 'AROAX:mary@01LEASE'], 'no'],
    ['StringLike', 'aws:userid', ['*:*@01LEASE'], 'yes'],
    ['StringLike', 'aws:userid', ['*:*@01LEAS'], 'no'],
    ['StringNotLike', 'aws:userid', ['*@02'], 'yes'],
    [
      'ArnLike',
      'aws:PrincipalArn',
      ['arn:aws:iam::*:role/break-glass/*'],
      'yes',
    ],
    ['ArnEquals', 'aws:PrincipalArn', ['arn:aws:iam::*'], 'no'],
    ['ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:user/*'], 'yes'],
    [
      'DateGreaterThanEquals',
      'aws:CurrentTime',
      ['2026-11-05T12:00:00Z'],
      'yes',
    ],
    ['DateGreaterThan', 'aws:CurrentTime', ['2026-11-05T12:00:00Z'], 'no'],
    ['DateLessThan', 'aws:CurrentTime', ['2026-11-05T13:00:00+01:00'], 'no'],
    ['DateLessThanEquals', 'aws:CurrentTime', ['1793880000'], 'yes'],
    ['DateLessThan', 'aws:CurrentTime', ['tomorrow'], 'unknown'],
    ['Bool', 'aws:MultiFactorAuthPresent', ['false'], 'yes'],
    ['Null', 'aws:SourceIdentity', ['true'], 'yes'],
    ['Null', 'aws:userid', ['true'], 'no'],
    ['StringEquals', 'aws:SourceIdentity', ['x'], 'no'],
    ['StringNotEquals', 'aws:SourceIdentity', ['x'], 'yes'],
    ['StringEqualsIfExists', 'aws:SourceIdentity', ['x'], 'yes'],
    ['StringEqualsIfExists', 'aws:userid', ['x'], 'no'],
    ['StringEquals', 'aws:PrincipalTag/team', ['payroll'], 'yes'],
    ['StringEquals', 'aws:userid', ['${aws:userid}'], 'yes'],
    ['StringEquals', 'aws:userid', ['${aws:FederatedProvider}'], 'unknown'],
    ['ForAnyValue:StringEquals', 'aws:TagKeys', ['b', 'c'], 'yes'],
    ['ForAllValues:StringEquals', 'aws:TagKeys', ['b', 'c'], 'no'],
    ['StringEquals', 'aws:TagKeys', ['a'], 'unknown'],
    ['IpAddress', 'aws:SourceIp', ['127.0.0.0/8'], 'unknown'],
    ['constructor', 'aws:userid', ['x'], 'unknown'],
    ['StringEquals', 'aws:ResourceTag/x', ['y'], 'unknown'],
  ])('%s %s %j is %s', (operator, key, values, expected) => {
    expect(test(operator, key, ...values)).toBe(expected);
  });

  it('what cannot be told does not allow, and does deny', () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/x': 'y' } };
    const unsure = (effect: object) => ({ ...effect, Condition });
    expect(decide({ identity: [identity(unsure(ALLOW))] })).toContain(
      'because no identity-based policy',
    );
    expect(decide({ identity: [identity(ALLOW, unsure(DENY))] })).toContain(
      'explicit deny',
    );
  });

  it('all conditions of a statement must hold', () => {
    const Condition = {
      Null: { 'aws:SourceIdentity': 'true', 'aws:userid': 'false' },
    };
    expect(decide({ identity: [identity({ ...ALLOW, Condition })] })).toContain(
      'because no',
    );
  });
});

describe('patterns', () => {
  it.each<[string, string, boolean]>([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abb', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['', 'a', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  it('decides a hostile pattern in bounded time', () => {
    expect(matchesWildcard('*a'.repeat(40), 'a'.repeat(5_000))).toBe(true);
    expect(matchesWildcard(`${'*a'.repeat(40)}b`, 'a'.repeat(5_000))).toBe(
      false,
    );
  });

  it('a wildcard in one part of an ARN does not reach into the next', () => {
    expect(matchesArn('arn:aws:iam::*:role/x', 'arn:aws:iam::1:2:role/x')).toBe(
      false,
    );
    expect(matchesArn('arn:aws:s3:::b/*', 'arn:aws:s3:::b/k:1/2')).toBe(true);
    expect(matchesArn('arn:aws:s3:::b', 'arn:aws:s3:::b2')).toBe(false);
  });

  it('NotAction and NotResource match everything else', () => {
    const policy = (element: object) => ({
      identity: [identity({ Effect: 'Allow', ...element })],
    });
    expect(decide(policy({ NotAction: 's3:*', Resource: '*' }))).toContain(
      'no identity',
    );
    expect(decide(policy({ NotAction: 'iam:*', Resource: '*' }))).toBe(
      'allowed',
    );
    expect(
      decide(policy({ Action: '*', NotResource: 'arn:aws:s3:::reports/*' })),
    ).toContain('no identity');
  });
});

describe('a policy is refused', () => {
  it.each<[string, PolicyKind, unknown]>([
    ['without statements', 'identity', { Statement: [] }],
    [
      'with an old version',
      'identity',
      { Version: '2020-01-01', Statement: [ALLOW] },
    ],
    [
      'with an unknown effect',
      'identity',
      { Statement: [{ ...ALLOW, Effect: 'allow' }] },
    ],
    [
      'without an action',
      'identity',
      { Statement: [{ Effect: 'Allow', Resource: '*' }] },
    ],
    [
      'with Action and NotAction',
      'identity',
      { Statement: [{ ...ALLOW, NotAction: 'x:y' }] },
    ],
    [
      'with an action without a service',
      'identity',
      { Statement: [{ ...ALLOW, Action: 'GetObject' }] },
    ],
    [
      'without a resource',
      'identity',
      { Statement: [{ Effect: 'Allow', Action: '*' }] },
    ],
    [
      'with a resource that is no ARN',
      'identity',
      { Statement: [{ ...ALLOW, Resource: 'bucket' }] },
    ],
    [
      'with a principal where none belongs',
      'identity',
      { Statement: [{ ...ALLOW, Principal: '*' }] },
    ],
    [
      'without a principal where one belongs',
      'resource',
      { Statement: [ALLOW] },
    ],
    [
      'with a resource in a trust policy',
      'trust',
      { Statement: [{ ...ALLOW, Principal: '*' }] },
    ],
    [
      'with NotPrincipal',
      'resource',
      { Statement: [{ ...ALLOW, NotPrincipal: '*' }] },
    ],
    [
      'with a wildcard inside a principal',
      'trust',
      {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: 'arn:aws:iam::111122223333:role/*' },
          },
        ],
      },
    ],
  ])('%s', (_, kind, json) => {
    expect(() => parsePolicy(JSON.stringify(json), kind)).toThrow(
      PolicySyntaxError,
    );
  });
});
