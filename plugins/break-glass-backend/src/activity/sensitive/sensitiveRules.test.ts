import { rulesWith, SensitiveMarker } from './SensitiveMarker';
import { countingRules, sensitiveRules } from './sensitiveRules';
import { callTo, marksOf, rulesOf } from './testing/marksOf';
import invictus from './testing/records/invictus.json';
import trailDiscover from './testing/records/traildiscover.json';

const real = [...invictus, ...trailDiscover].map(({ rule, record }) => {
  const { userIdentity, ...call } = record as Record<string, unknown>;
  return { rule, call };
});
const everybody = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

describe('sensitive rules', () => {
  it.each(
    real.map(({ rule, call }) => [rule, String(call.eventName), call] as const),
  )('%s marks a real %s', async (rule, _name, call) => {
    expect(await rulesOf(call)).toContain(rule);
  });

  it.each(
    sensitiveRules.flatMap(rule =>
      rule.cases.flatMap(({ events, when }) =>
        when ? [] : events.map(event => [event, rule.id] as const),
      ),
    ),
  )('%s is %s', async (event, id) => {
    expect(await rulesOf(callTo(event.replace('*', '')))).toContain(id);
  });

  it.each<[string, string, unknown, unknown]>([
    [
      'public-exposure',
      's3:PutBucketPolicy',
      { bucketPolicy: everybody },
      { bucketPolicy: { Statement: [] } },
    ],
    [
      'public-exposure',
      'kms:PutKeyPolicy',
      { policy: JSON.stringify(everybody) },
      { policy: '{}' },
    ],
    [
      'public-exposure',
      's3:PutBucketAcl',
      { 'x-amz-acl': ['public-read'] },
      { 'x-amz-acl': ['private'] },
    ],
    [
      'public-exposure',
      'rds:ModifyDBInstance',
      { publiclyAccessible: true },
      { publiclyAccessible: false },
    ],
    [
      'public-exposure',
      'lambda:AddPermission20150331v2',
      { principal: '*' },
      { principal: 's3.amazonaws.com' },
    ],
    [
      'public-exposure',
      'ec2:ModifySnapshotAttribute',
      { createVolumePermission: { add: { items: [{ group: 'all' }] } } },
      { createVolumePermission: { add: { items: [{ userId: '1' }] } } },
    ],
    [
      'snapshot-sharing',
      'ec2:ModifyImageAttribute',
      { launchPermission: { add: { items: [{ userId: '1' }] } } },
      { launchPermission: { remove: { items: [{ userId: '1' }] } } },
    ],
    [
      'network-opening',
      'ec2:AuthorizeSecurityGroupIngress',
      { cidrIp: '0.0.0.0/0' },
      { cidrIp: '192.0.2.0/24' },
    ],
    [
      'secret-read',
      'ssm:GetParametersByPath',
      { withDecryption: true },
      { withDecryption: false },
    ],
    [
      'role-passing',
      'lambda:CreateFunction20150331',
      { role: 'arn:aws:iam::111122223333:role/x' },
      { functionName: 'f' },
    ],
    [
      'role-passing',
      'ec2:RunInstances',
      { iamInstanceProfile: { name: 'x' } },
      { iamInstanceProfile: {} },
    ],
    [
      'code-change',
      'ec2:ModifyInstanceAttribute',
      { userData: '<sensitiveDataRemoved>' },
      { instanceType: { value: 't3.nano' } },
    ],
  ])('%s marks %s with %j, not with %j', async (rule, event, yes, no) => {
    expect(await rulesOf(callTo(event, yes))).toContain(rule);
    expect(await rulesOf(callTo(event, no))).not.toContain(rule);
    // What CloudTrail cut out may have been the worst.
    expect(await rulesOf(callTo(event, { omitted: true }))).toContain(rule);
  });

  it.each([
    's3:GetBucketPolicy',
    'ec2:DescribeInstances',
    'sts:GetCallerIdentity',
    'xiam:CreateUser',
    'iam:CreateUserX',
    'iam:constructor',
  ])('%s is not marked', async event => {
    expect(await rulesOf(callTo(event))).toEqual([]);
  });

  it('a refused attempt is marked like a success, and the mark says so', async () => {
    const call = callTo('cloudtrail:StopLogging');
    const refused = { ...call, errorCode: 'AccessDenied' };
    const failed = { ...call, errorCode: 'TrailNotFoundException' };
    const marks = (await marksOf([call, refused, failed])).flat();
    expect(marks.map(mark => mark.rule)).toEqual(
      Array(3).fill('logging-tampering'),
    );
    expect(marks.map(mark => mark.why.endsWith('the attempt counts.'))).toEqual(
      [false, true, true],
    );
  });

  it('every rule has an id of its own, a title and a sentence', () => {
    const all = [...sensitiveRules, ...countingRules];
    expect(new Set(all.map(rule => rule.id)).size).toBe(all.length);
    for (const { id, title, why } of all) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z].{3,40}[^.]$/);
      expect(why).toMatch(/^It .*[^.]\.$/);
    }
  });

  it('further rules can be added', () => {
    const own = { id: 'own', title: 'Own', why: 'It is ours.', cases: [] };
    expect(rulesWith([own]).rules).toEqual([...sensitiveRules, own]);
  });

  it.each(['mass-read', 'secret-read', 'Own', '', '__proto__'])(
    'a further rule cannot be called %j',
    id => {
      const rule = { id, title: 'Own', why: 'It is ours.', cases: [] };
      expect(() => rulesWith([rule])).toThrow(/cannot be added/);
    },
  );

  it('a condition that a record breaks counts as met', () => {
    const broken = {
      id: 'own',
      title: 'Own',
      why: 'It is ours.',
      cases: [
        {
          events: ['s3:PutObject'],
          when: (record: any) => record.requestParameters.no.such.member,
        },
      ],
    };
    const marker = new SensitiveMarker(rulesWith([broken]));
    const context = {
      service: 's3',
      at: 0,
      failed: false,
      chained: false,
      resources: [],
      lease: {},
    };
    expect(marker.marks('PutObject', {}, context)).toEqual([
      { rule: 'own', why: 'It is ours.' },
    ]);
  });
});

describe('outside-profile', () => {
  const inProfile = (permission: string) => permission.startsWith('s3:');
  const read = callTo('secretsmanager:GetSecretValue');
  const outside = async (call: object) =>
    (await rulesOf(call as never, { inProfile })).includes('outside-profile');

  it('marks what was allowed although the profile does not name it', async () => {
    expect(await outside(read)).toBe(true);
    expect(await outside(callTo('s3:GetBucketPolicy'))).toBe(false);
  });

  it('marks neither what was refused, nor what is no permission', async () => {
    expect(await outside({ ...read, errorCode: 'AccessDenied' })).toBe(false);
    expect(await outside(callTo('iam:NoSuchCall'))).toBe(false);
    expect(await outside(callTo('signin:ConsoleLogin'))).toBe(false);
  });

  it('does not judge another role by the profile', async () => {
    const [rule] = sensitiveRules.filter(({ id }) => id === 'outside-profile');
    const marks = (chained: boolean) =>
      rule.cases[0].when!(
        {},
        {
          service: 'ec2',
          permission: 'ec2:RunInstances',
          at: 0,
          failed: false,
          chained,
          resources: [],
          lease: { inProfile },
        },
      );
    expect(marks(false)).toBe(true);
    expect(marks(true)).toBe(false);
  });

  it('marks nothing where managed policies decide, too', async () => {
    expect(await rulesOf(read, {})).not.toContain('outside-profile');
  });
});

describe('after-lease-end', () => {
  const endsAt = Date.parse('2026-10-01T11:00:00Z');
  const at = (eventTime: string) =>
    rulesOf({ ...callTo('s3:GetBucketPolicy'), eventTime }, { endsAt });

  it('marks what came a second later, refused or not', async () => {
    expect(await at('2026-10-01T11:00:01Z')).toEqual(['after-lease-end']);
    expect(await at('2026-10-01T11:00:00Z')).toEqual([]);
    const refused = await rulesOf(
      {
        ...callTo('s3:GetBucketPolicy'),
        eventTime: '2026-10-01T12:00:00Z',
        errorCode: 'AccessDenied',
      },
      { endsAt },
    );
    expect(refused).toEqual(['after-lease-end']);
  });
});

describe('new-network', () => {
  const from = (sourceIPAddress: string, ...known: string[]) =>
    rulesOf(
      { ...callTo('s3:GetBucketPolicy'), sourceIPAddress },
      { knownNetworks: new Set(known) },
    );

  it('marks what came from a network that the person is not known by', async () => {
    expect(await from('198.51.100.7', '192.0.2.0/24')).toEqual(['new-network']);
    expect(await from('192.0.2.200', '192.0.2.0/24')).toEqual([]);
  });

  it('an AWS service is no network', async () => {
    expect(await from('cloudformation.amazonaws.com')).toEqual([]);
  });
});

describe('mass-read', () => {
  const secret = real.find(
    ({ call }) => call.eventName === 'GetSecretValue',
  )!.call;

  async function markedAt(call: object, times: number) {
    const all = await marksOf(Array(times).fill(call));
    return all.flatMap((marks, index) =>
      marks.some(mark => mark.rule === 'mass-read') ? [index + 1] : [],
    );
  }

  it('marks where a lease reads many secrets, and then ten times as many', async () => {
    expect(await markedAt(secret, 60)).toEqual([5, 50]);
  });

  it('counts objects by the hundred', async () => {
    expect(await markedAt(callTo('s3:GetObject'), 101)).toEqual([100]);
  });

  it('counts each kind by itself', async () => {
    const calls = [
      ...Array(4).fill(secret),
      ...Array(4).fill(callTo('ssm:GetParameter', { withDecryption: true })),
    ];
    const marks = (await marksOf(calls)).flat();
    expect(marks.map(mark => mark.rule)).not.toContain('mass-read');
  });

  it('says how many', async () => {
    const marks = (await marksOf(Array(5).fill(secret))).flat();
    expect(marks.find(mark => mark.rule === 'mass-read')?.why).toMatch(
      /^It is number 5 of the secrets/,
    );
  });
});
