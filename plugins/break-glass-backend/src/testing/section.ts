/** A small `breakGlass` section that is right; tests break one key of it at a time. */
export function aSection() {
  return {
    trust: {
      accounts: [{ type: 'file', target: 'examples/accounts.yaml' }],
      people: [
        {
          type: 'url',
          host: 'github.com',
          repository: 'org/catalog',
          branch: 'main',
          path: 'people',
        },
      ],
    },
    partitions: {
      aws: { brokerAccountId: '555566667777', defaultRegion: 'eu-central-1' },
    },
    issuer: 'https://portal.example.com',
    roles: [
      {
        id: 'break-glass',
        title: 'Break glass',
        description: 'Temporary administration',
        access: 'lease',
        arn: 'arn:${partition}:iam::${accountId}:role/break-glass/Admin',
        eligible: { groups: ['cloud-admins'] },
        profiles: ['unlock-bucket'],
        approvalPolicy: 'second-admin',
        maxDuration: { hours: 4 },
        suggestedDurations: ['1h', 'PT2H'],
        kill: {
          boundaryPolicyArn:
            'arn:${partition}:iam::${accountId}:policy/break-glass/Boundary',
          killerRoleArn:
            'arn:${partition}:iam::${accountId}:role/break-glass/Killer',
        },
      },
      {
        id: 'read-only',
        title: 'Read only',
        description: 'Looks at everything',
        access: 'standing',
        arn: 'arn:${partition}:iam::${accountId}:role/break-glass/ReadOnly',
        eligible: { accountOwner: true },
      },
    ],
    profiles: [
      {
        id: 'unlock-bucket',
        title: 'Unlock a bucket',
        description: 'Mends the policy of one bucket',
        consolePath: '/s3/buckets/${bucket}',
        parameters: [
          {
            name: 'bucket',
            title: 'Bucket',
            pattern: '^[a-z0-9.-]{3,63}$',
            maxLength: 63,
            example: 'payroll-reports',
          },
        ],
        statements: [
          {
            Effect: 'Allow',
            Action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
            Resource: 'arn:${partition}:s3:::${bucket}',
          },
        ],
      },
    ],
    approvalPolicies: [
      {
        id: 'second-admin',
        steps: [
          {
            id: 'second-admin',
            title: 'Second admin',
            from: { groups: ['cloud-admins'] },
          },
        ],
      },
    ],
    reviewers: { groups: ['security-reviewers'] },
    responders: { groups: ['incident-responders'] },
    auditors: { groups: ['auditors'] },
    ticket: { pattern: '^SUP-[0-9]{1,8}$', example: 'SUP-1' },
    review: {
      due: { days: 3 },
      settling: '30 minutes',
      collectEvery: { minutes: 5 },
    },
    audit: { anchorEvery: '5m', spoolFile: '.data/spool.jsonl' },
  };
}

/**
 * Sets one key of a section, in place.
 * @param key - as messages write it, e.g. `roles[0].maxDuration`
 */
export function setKey<T extends object>(
  section: T,
  key: string,
  value: unknown,
): T {
  const path = key.split(/[.[\]]+/).filter(Boolean);
  const last = path.pop()!;
  const parent = path.reduce<Record<string, unknown>>(
    (at, part) => (at[part] = at[part] ?? {}) as Record<string, unknown>,
    section as Record<string, unknown>,
  );
  parent[last] = value;
  return section;
}
