import { ConfigReader } from '@backstage/config';
import { aSection, setKey } from '../testing/section';
import { readBreakGlassConfig } from './readConfig';

const options = { repositoryRoot: '/repository' };

function read(section: object = aSection(), rest: object = {}) {
  const root = JSON.parse(JSON.stringify({ ...rest, breakGlass: section }));
  return readBreakGlassConfig(new ConfigReader(root), options);
}

/** The right section with one key changed. */
function withKey(key: string, value: unknown) {
  return setKey(aSection(), key, value);
}

describe('readBreakGlassConfig', () => {
  it('reads durations in every form, refs in full, and fills in defaults', () => {
    const config = read();

    expect(config.roles[0]).toMatchObject({
      id: 'break-glass',
      maxDurationMinutes: 240,
      suggestedDurationMinutes: [60, 120],
      pendingTimeoutMinutes: 480,
      maxSessionSeconds: 3_600,
      eligible: {
        groups: ['group:default/cloud-admins'],
        users: [],
        accountOwner: false,
      },
    });
    expect(config.review).toEqual({
      dueMinutes: 4_320,
      settlingMinutes: 30,
      collectEveryMinutes: 5,
      approverMayReview: false,
      remindBeforeMinutes: 1_440,
      remindEveryMinutes: 1_440,
      escalateAfterMinutes: 2_880,
      escalateTo: { groups: [], users: [], accountOwner: false },
      maxBytesPerLease: 1024 ** 4,
      maxRecordsPerLook: 100_000,
    });
    expect(config.sourceIdentity).toBe(true);
    expect(config.roles[1].kill).toEqual({ type: 'none' });
  });

  it('reads how much may be read for a lease', () => {
    const section = withKey('review.maxBytesPerLease', '500GB');
    expect(read(section).review.maxBytesPerLease).toBe(500 * 1024 ** 3);
  });

  it('reads how long a call of AWS may take', () => {
    const section = withKey('partitions.aws.timeout', { seconds: 12 });
    expect(read(section).partitions.aws?.timeoutMs).toBe(12_000);
    expect(read().partitions.aws?.timeoutMs).toBeUndefined();
  });

  it('resolves files against the root of the repository', () => {
    const config = read();

    expect(config.trust.accounts).toEqual([
      { type: 'file', path: '/repository/examples/accounts.yaml' },
    ]);
    expect(config.audit.spoolFile).toBe('/repository/.data/spool.jsonl');
  });

  it('takes the portal as issuer where none is named', () => {
    const section = withKey('issuer', undefined);

    expect(
      read(section, { app: { baseUrl: 'https://app.example.com' } }).issuer,
    ).toBe('https://app.example.com');
    expect(() => read(section)).toThrow('breakGlass.issuer: is missing');
  });

  it('gives a role without an approval policy one other eligible person', () => {
    const config = read(withKey('roles[0].approvalPolicy', undefined));

    expect(config.roles[0].approvalPolicy).toBe('one-other-break-glass');
    expect(config.approvalPolicies.at(-1)).toMatchObject({
      id: 'one-other-break-glass',
      steps: [{ from: config.roles[0].eligible, count: 1 }],
    });
  });

  it('leaves the settings of modules to them', () => {
    expect(() =>
      read(withKey('activity', { duckdb: { path: 'x' } })),
    ).not.toThrow();
  });

  it('names every wrong key at once', () => {
    const section = setKey(
      withKey('roles[0].maxDuration', 'soon'),
      'ticket.pattern',
      '(',
    );

    expect(() => read(section)).toThrow(
      /breakGlass\.roles\[0\]\.maxDuration: must be a duration.*\n- breakGlass\.ticket\.pattern: is not a regular expression/s,
    );
  });

  it('says that the section is missing', () => {
    expect(() => readBreakGlassConfig(new ConfigReader({}), options)).toThrow(
      'Wrong configuration at breakGlass: the section is missing',
    );
  });
});

/** Key that is changed, its value, and what the message must hold besides (the key where it is another). */
const wrong: Array<[string, unknown, string]> = [
  ['typo', 1, 'breakGlass.typo: unknown key'],
  ['roles[0].maxDurration', '1h', 'breakGlass.roles[0].maxDurration: unknown'],
  ['roles[1].kill', 'none', 'breakGlass.roles[1].kill: unknown key'],
  ['roles[1].approvalPolicy', 'second-admin', 'approvalPolicy: unknown key'],
  ['roles[0].title', undefined, 'breakGlass.roles[0].title: is missing'],
  ['roles[0].kill', undefined, "breakGlass.roles[0].kill: must be 'none'"],
  ['roles[0].access', 'open', "must say access: 'lease' or 'standing'"],
  ['roles[0].id', 'Break Glass', 'must be an id'],
  ['roles[0].maxDuration', undefined, 'maxDuration: is missing'],
  ['roles[0].maxDuration', 4, 'must be a duration'],
  ['roles[0].maxDuration', { hours: -1 }, 'longer than zero'],
  ['roles[0].maxDuration', '90 seconds', 'must be whole minutes'],
  ['roles[0].maxDuration', '10m', 'must be at least 15 min'],
  ['roles[0].maxDuration', '8 days', 'must be at most 10080 min'],
  ['roles[0].suggestedDurations', ['5h'], 'suggestedDurations[0]: is above'],
  ['roles[0].maxSession', '10m', 'maxSession: must be at least 15 min'],
  ['roles[0].maxSession', '61m', 'maxSession: must be at most 1 h'],
  ['roles[0].arn', 'arn:aws:iam::1:role/x', 'arn: must be arn:${partition}'],
  ['roles[0].arn', undefined, 'write $${partition} and $${accountId}'],
  [
    'roles[0].arn',
    'arn:${partition}:iam::${accountId}:role/${bucket}',
    'must be arn:${partition}:iam::${accountId}:role/',
  ],
  ['roles[0].eligible', {}, 'eligible: must name at least one'],
  [
    'roles[0].eligible.groups',
    ['user:mary'],
    'groups[0]: must refer to a group',
  ],
  ['roles[0].eligible.users', ['a b'], 'users[0]: must refer to a user'],
  ['roles[0].profiles', [], 'profiles: must name at least one profile'],
  ['roles[0].profiles', ['nope'], "profiles[0]: there is no profile 'nope'"],
  ['roles[0].approvalPolicy', 'nope', "there is no approval policy 'nope'"],
  ['roles[1].id', 'break-glass', "roles[1].id: 'break-glass' is there twice"],
  ['trust.accounts', [], 'trust.accounts: must name at least one'],
  ['trust.accounts[0].target', 'examples/*.yaml', 'must be one file'],
  ['trust.accounts[0].type', 'github', "must have the type 'file' or 'url'"],
  ['trust.people[0].path', '../people', 'path: must be a path'],
  ['trust.people[0].path', 'people/', 'path: must be a path'],
  ['trust.people[0].branch', 'ma%69n', 'branch: must be a path'],
  ['trust.people[0].host', 'GitHub.com', 'host: must be a host in lower case'],
  ['partitions', {}, 'partitions: must hold at least one'],
  ['partitions.aws-mars', {}, 'breakGlass.partitions.aws-mars: unknown'],
  ['partitions.aws.brokerAccountId', 555566667777, 'in quotes'],
  ['partitions.aws.timeout', '900ms', 'timeout: must be at least 1 s'],
  ['partitions.aws.timeout', '21s', 'timeout: must be at most 20 s'],
  ['partitions.aws.defaultRegion', 'us-gov-west-1', 'region of the partition'],
  ['partitions.aws.defaultRegion', 'eu-central-9', 'region of the partition'],
  [
    'partitions.aws-iso',
    { brokerAccountId: '555566667777' },
    'partitions.aws-iso.endpoints.console: is missing',
  ],
  [
    'partitions.aws.endpoints.console',
    'https://console.example.com/?x',
    'partitions.aws.endpoints.console: must be an https address',
  ],
  [
    'partitions.aws.endpoint',
    {},
    'breakGlass.partitions.aws.endpoint: unknown',
  ],
  [
    'partitions.aws.endpoints.sts',
    'http://sts.example.com',
    'must be an https',
  ],
  [
    'partitions.aws.endpoints.sts',
    'https://u:p@x.example.com',
    'must be an https',
  ],
  ['externalIds', { 12: 'bg' }, 'externalIds.12: the key must be a 12-digit'],
  ['controlPlaneAccountIds', ['12'], 'controlPlaneAccountIds[0]: must be'],
  ['reviewers', { groups: [] }, 'reviewers: must name at least one'],
  ['auditors', { accountOwner: true }, 'auditors.accountOwner: unknown key'],
  ['ticket.pattern', 'SUP-[0-9]+', 'pattern: must be anchored'],
  ['ticket.example', 'INC-1', 'ticket.example: does not match'],
  [
    'ticket.url',
    'https://${ticket}/x',
    'ticket.url: must be an http(s) address',
  ],
  ['review.due', undefined, 'breakGlass.review.due: is missing'],
  [
    'review.maxBytesPerLease',
    '5MB',
    'breakGlass.review.maxBytesPerLease: must be an amount of data from 10MB',
  ],
  ['review.maxRecordsPerLook', 10, 'breakGlass.review.maxRecordsPerLook: '],
  ['review.maxBytesPerLease', 100, 'must be an amount of data such as 100GB'],
  ['profiles[0].statements[0].Action', ['s3'], 'Action[0]: must be an action'],
  ['profiles[0].statements[0].Action', 3, 'Action: must be a text or a list'],
  ['ticket.pattern', '^SUP-1|INC-1$', 'pattern: must have its alternatives'],
  ['ticket.pattern', '^(SUP-[1|2]$', 'pattern: is not a regular expression'],
  ['profiles[0].statements[0].Action', 's3:${bucket}', 'Action: must be'],
  [
    'profiles[0].statements[0].NotAction',
    's3:Get*',
    'either Action or NotAction',
  ],
  ['profiles[0].statements[0].Principal', '*', 'Principal: unknown key'],
  [
    'profiles[0].statements[0].Resource',
    'arn:${partition}:s3:::${buckett}',
    "statements[0]: uses 'buckett', which is no declared parameter",
  ],
  ['profiles[0].consolePath', '//evil.example', 'consolePath: must be a path'],
  ...[
    's3/buckets',
    '/s3/../iam',
    '/s3/%2e%2E/iam',
    '/s3\\evil.example',
    '/s3/a b',
    '/s3/\u00e4',
    '/s3/\n',
    '/s3/${aws:username}',
    '/s3/?x=${*}',
    '/s3/{bucket}',
  ].map((path): [string, unknown, string] => [
    'profiles[0].consolePath',
    path,
    'profiles[0].consolePath: must be a path below the console host',
  ]),
  ['profiles[0].consolePath', '/s3/${key}', "consolePath: uses 'key'"],
  [
    'profiles[0].parameters[0].required',
    false,
    "uses 'bucket', which must then be",
  ],
  ['profiles[0].parameters[0].pattern', '[a-z]+', 'pattern: must be anchored'],
  ['profiles[0].parameters[0].example', 'NO', 'example: does not match'],
  [
    'profiles[0].parameters[0].name',
    'sessionToken',
    'name: must not be a secret',
  ],
  ['profiles[0].parameters[0].name', 'region', "uses 'bucket', which is no"],
  [
    'profiles[0].managedPolicyArns',
    ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    'managedPolicyArns[0]: must be',
  ],
  [
    'profiles[0].managedPolicyArns',
    ['arn:${partition}:iam::${accountId}:policy/TheirOwn'],
    'managedPolicyArns[0]: must be one of AWS’ own',
  ],
];

describe('a wrong key stops the start', () => {
  it.each(wrong)('%s = %j', (key, value, message) => {
    expect(() => read(withKey(key, value))).toThrow(message);
  });
});

describe('contradictions stop the start', () => {
  it('a declared parameter that nothing uses', () => {
    const section = setKey(
      withKey('profiles[0].statements[0].Resource', '*'),
      'profiles[0].consolePath',
      '/s3',
    );

    expect(() => read(section)).toThrow(
      "profiles[0].parameters[0].name: 'bucket' is declared, but not used",
    );
  });

  it('one kill policy for two IAM roles, which would undo each other', () => {
    const section = aSection();
    const [role] = section.roles;
    section.roles.push({
      ...role,
      id: 'other',
      arn: 'arn:${partition}:iam::${accountId}:role/Other',
    });

    expect(() => read(section)).toThrow(
      "roles[2].kill.boundaryPolicyArn: is the one of 'break-glass'",
    );
  });

  it('a standing role on the IAM role of a lease, which would make the lease a show', () => {
    const section = aSection();
    const lease = section.roles.find(role => role.id === 'break-glass')!;
    section.roles.push({
      id: 'always',
      title: 'Always',
      description: 'The same IAM role without a lease',
      access: 'standing',
      arn: lease.arn,
      eligible: { groups: ['cloud-admins'] },
    } as never);

    expect(() => read(section)).toThrow(
      "arn: is the IAM role of 'always', which is standing and needs no lease",
    );
  });

  it('two ways to kill one IAM role', () => {
    const section = aSection();
    section.roles.push({
      ...section.roles[0],
      id: 'other',
      kill: 'none' as never,
    });

    expect(() => read(section)).toThrow(
      "roles[2].kill: must be the same as of 'break-glass'",
    );
  });

  it('two lease roles on the same IAM role with the same kill policy are fine', () => {
    const section = aSection();
    section.roles.push({ ...section.roles[0], id: 'other' });

    expect(read(section).roles).toHaveLength(3);
  });

  it('a step that excludes everybody it takes', () => {
    const section = withKey('approvalPolicies[0].steps[0].exclude', {
      groups: ['group:default/cloud-admins'],
    });

    expect(() => read(section)).toThrow(
      'approvalPolicies[0].steps[0].from: leaves nobody who can decide: what it names is excluded, group:default/cloud-admins',
    );
  });

  it('a step that names nobody', () => {
    expect(() =>
      read(withKey('approvalPolicies[0].steps[0].from', {})),
    ).toThrow('from: leaves nobody who can decide: it names nobody');
  });

  it('a policy without a step, or with a step that needs nobody', () => {
    expect(() => read(withKey('approvalPolicies[0].steps', []))).toThrow(
      'breakGlass.approvalPolicies[0].steps: ',
    );
    expect(() =>
      read(withKey('approvalPolicies[0].steps[0].count', 0)),
    ).toThrow('breakGlass.approvalPolicies[0].steps[0].count: ');
  });

  it('steps that only the same people could approve', () => {
    const step = (id: string, ...users: string[]) => ({
      id,
      title: id,
      from: { users },
    });
    const withSteps = (...steps: object[]) =>
      withKey('approvalPolicies[0].steps', steps);

    expect(() =>
      read(withSteps(step('one', 'carla'), step('two', 'carla'))),
    ).toThrow(
      "approvalPolicies[0].steps: leave too few people for all of 'one', 'two' together, where one person counts once: user:default/carla",
    );
    expect(() =>
      read(withSteps(step('one', 'carla'), step('two', 'carla', 'sven'))),
    ).not.toThrow();
    expect(() =>
      read(
        setKey(
          withSteps(step('one', 'carla'), step('two', 'carla', 'mary')),
          'roles[0].eligible',
          { users: ['mary'] },
        ),
      ),
    ).toThrow(
      "roles[0].approvalPolicy: for user:default/mary as requester, its steps leave too few people for all of 'one', 'two'",
    );
  });

  it('a quorum above the people who are named', () => {
    const section = setKey(
      withKey('approvalPolicies[0].steps[0].from', {
        users: ['carla', 'user:default/carla'],
      }),
      'approvalPolicies[0].steps[0].count',
      2,
    );

    expect(() => read(section)).toThrow(
      'from: leaves 1 who can decide, but 2 must',
    );
  });

  it('a role whose only eligible person would have to approve alone', () => {
    const section = setKey(
      withKey('roles[0].eligible', { users: ['mary'] }),
      'roles[0].approvalPolicy',
      undefined,
    );

    expect(() => read(section)).toThrow(
      "roles[0].approvalPolicy: for user:default/mary as requester, step 'second-person' leaves nobody who can decide: there is only user:default/mary",
    );
  });
});
