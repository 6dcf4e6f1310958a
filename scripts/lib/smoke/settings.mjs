/** What the smoke test is told, in the environment. */
export const VARIABLES = [
  ['SMOKE_ACCOUNT', 'needed', 'Account in which the roles are, 12 digits'],
  [
    'SMOKE_REGION',
    'AWS_REGION',
    'Region of the account; its partition follows',
  ],
  ['SMOKE_ROLE', 'break-glass/BreakGlassAdmin', 'Path and name of the role'],
  [
    'SMOKE_KILLER_ROLE',
    'break-glass/BreakGlassKiller',
    'Path and name of the role that kills',
  ],
  [
    'SMOKE_BOUNDARY',
    'break-glass/BreakGlassBoundary',
    'Path and name of the boundary policy',
  ],
  ['SMOKE_EXTERNAL_ID', 'none', 'External id of the account'],
  ['SMOKE_STS_ENDPOINT', "AWS' own", 'Private endpoint of STS'],
  ['SMOKE_IAM_ENDPOINT', "AWS' own", 'Private endpoint of IAM'],
  ['SMOKE_SIGN_IN_ENDPOINT', "AWS' own", 'Whole federation endpoint'],
  [
    'SMOKE_SERVICES_ENDPOINT',
    "AWS' own",
    'Endpoint of S3, EC2 and CloudTrail, for a sandbox',
  ],
  [
    'SMOKE_LEASE_END_SECONDS',
    '30',
    'Seconds until the end in the credentials of that step',
  ],
  ['SMOKE_KILL_MINUTES', '5', 'Longest wait for the kill'],
  ['SMOKE_TRAIL_MINUTES', '20', 'Longest wait for CloudTrail; 0: not looked'],
];

const PATH_AND_NAME = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/;
const PARTITIONS = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^us-isof-/, 'aws-iso-f'],
  [/^us-iso-/, 'aws-iso'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^eusc-/, 'aws-eusc'],
];

/**
 * Reads and checks the settings.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {{settings?: object, problems: string[]}} settings only where there is no problem
 */
export function readSettings(environment) {
  const problems = [];
  const text = (name, fallback, pattern, words) => {
    const value = environment[name] || fallback;
    if (value !== undefined && pattern.test(value)) {
      return value;
    }
    problems.push(`${name} ${words}`);
    return undefined;
  };
  const path = (name, fallback) =>
    text(name, fallback, PATH_AND_NAME, 'must be a path and name');
  const number = (name, fallback) =>
    Number(text(name, fallback, /^[0-9]{1,4}(\.[0-9]+)?$/, 'must be a number'));
  const endpoint = name => {
    const value = environment[name] || undefined;
    if (value !== undefined && !URL.canParse(value)) {
      problems.push(`${name} must be an address`);
    }
    return value;
  };
  const region = text(
    'SMOKE_REGION',
    environment.AWS_REGION,
    /^[a-z]{2,4}(-[a-z]+)+-[0-9]$/,
    'must be a region, e.g. eu-central-1',
  );
  const settings = {
    accountId: text(
      'SMOKE_ACCOUNT',
      undefined,
      /^[0-9]{12}$/,
      'must be the 12-digit id of the account',
    ),
    region,
    partition:
      PARTITIONS.find(([pattern]) => pattern.test(region ?? ''))?.[1] ?? 'aws',
    role: path('SMOKE_ROLE', 'break-glass/BreakGlassAdmin'),
    killerRole: path('SMOKE_KILLER_ROLE', 'break-glass/BreakGlassKiller'),
    boundary: path('SMOKE_BOUNDARY', 'break-glass/BreakGlassBoundary'),
    externalId: environment.SMOKE_EXTERNAL_ID || undefined,
    endpoints: {
      sts: endpoint('SMOKE_STS_ENDPOINT'),
      iam: endpoint('SMOKE_IAM_ENDPOINT'),
      signIn: endpoint('SMOKE_SIGN_IN_ENDPOINT'),
      services: endpoint('SMOKE_SERVICES_ENDPOINT'),
    },
    leaseEndSeconds: number('SMOKE_LEASE_END_SECONDS', '30'),
    killMinutes: number('SMOKE_KILL_MINUTES', '5'),
    trailMinutes: number('SMOKE_TRAIL_MINUTES', '20'),
  };
  return problems.length ? { problems } : { settings, problems };
}
