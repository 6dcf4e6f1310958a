import { aCallOf, ELSEWHERE, LEASE, openAfter } from '../testing/calls';

const ROOT = `arn:aws:iam::${LEASE.accountId}:root`;
const policy = (...principals: unknown[]) => ({
  Version: '2012-10-17',
  Statement: principals.map(Principal => ({
    Effect: 'Allow',
    Principal,
    Action: 's3:*',
    Resource: '*',
  })),
});
const bucketPolicy = (...principals: unknown[]) =>
  aCallOf('s3:PutBucketPolicy', {
    bucketName: 'payroll',
    bucketPolicy: policy(...principals),
  });
const permission = (change: 'add' | 'remove', ...items: unknown[]) =>
  aCallOf('ec2:ModifySnapshotAttribute', {
    snapshotId: 'snap-1',
    createVolumePermission: { [change]: { items } },
  });
const ingress = (event: string, more: object = {}) =>
  aCallOf(
    `ec2:${event}`,
    {
      groupId: 'sg-1',
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
          },
        ],
      },
    },
    more,
  );

describe('residue', () => {
  it.each<[string, unknown, unknown, string, string, unknown]>([
    [
      'iam:CreateAccessKey',
      { userName: 'ci' },
      { accessKey: { accessKeyId: 'AKIA1', userName: 'ci' } },
      'credential: Access key AKIA1 of user ci',
      'iam:DeleteAccessKey',
      { userName: 'ci', accessKeyId: 'AKIA1' },
    ],
    [
      'iam:CreateRole',
      { roleName: 'r', assumeRolePolicyDocument: JSON.stringify(policy('*')) },
      null,
      'principal: Role r, which everybody may assume',
      'iam:DeleteRole',
      { roleName: 'r' },
    ],
    [
      'iam:UpdateAssumeRolePolicy',
      { roleName: 'r', policyDocument: '{}' },
      null,
      'trust: Trust policy of role r',
      'iam:DeleteRole',
      { roleName: 'r' },
    ],
    [
      'iam:AttachRolePolicy',
      { roleName: 'r', policyArn: 'arn:aws:iam::aws:policy/Admin' },
      null,
      'grant: Policy arn:aws:iam::aws:policy/Admin on role r',
      'iam:DetachRolePolicy',
      { roleName: 'r', policyArn: 'arn:aws:iam::aws:policy/Admin' },
    ],
    [
      'iam:UpdateAccessKey',
      { userName: 'ci', accessKeyId: 'AKIA1', status: 'Active' },
      null,
      'credential: Access key AKIA1 of user ci, which was made active',
      'iam:UpdateAccessKey',
      { userName: 'ci', accessKeyId: 'AKIA1', status: 'Inactive' },
    ],
    [
      'kms:CreateGrant',
      { keyId: 'k', granteePrincipal: 'arn:x' },
      { grantId: 'g' },
      'grant: Grant g on key k for arn:x',
      'kms:RevokeGrant',
      { keyId: 'k', grantId: 'g' },
    ],
    [
      'lambda:AddPermission20150331v2',
      {
        functionName: 'arn:aws:lambda:eu-central-1:111122223333:function:f',
        statementId: 's',
        principal: '*',
      },
      null,
      'grant: Right of * on function f',
      'lambda:RemovePermission20150331v2',
      { functionName: 'f', statementId: 's' },
    ],
    [
      'lambda:UpdateFunctionCode20150331v2',
      { functionName: 'f' },
      null,
      'code: Code of function f',
      'lambda:DeleteFunction20150331',
      { functionName: 'f' },
    ],
    [
      'lambda:CreateEventSourceMapping20150331',
      { functionName: 'f' },
      { uUID: 'u' },
      'rule: Trigger u of function f',
      'lambda:DeleteEventSourceMapping20150331',
      { uUID: 'u' },
    ],
    [
      'events:PutRule',
      { name: 'n' },
      null,
      'rule: Event rule n',
      'events:DeleteRule',
      { name: 'n' },
    ],
    [
      'lakeformation:GrantPermissions',
      { principal: { dataLakePrincipalIdentifier: 'arn:x' } },
      null,
      'grant: Lake Formation rights of arn:x',
      'lakeformation:RevokePermissions',
      { principal: { dataLakePrincipalIdentifier: 'arn:x' } },
    ],
    [
      'ram:CreateResourceShare',
      { name: 'n' },
      { resourceShare: { resourceShareArn: 'arn:share' } },
      'share: Resource share arn:share',
      'ram:DeleteResourceShare',
      { resourceShareArn: 'arn:share' },
    ],
    [
      'rds:ModifyDBSnapshotAttribute',
      { dBSnapshotIdentifier: 'd', valuesToAdd: [ELSEWHERE] },
      null,
      `share: Database snapshot d, shared with account ${ELSEWHERE}`,
      'rds:ModifyDBSnapshotAttribute',
      { dBSnapshotIdentifier: 'd', valuesToRemove: [ELSEWHERE] },
    ],
    [
      'ec2:RunInstances',
      { instancesSet: { items: [{ imageId: 'ami-1' }] } },
      { instancesSet: { items: [{ instanceId: 'i-1' }] } },
      'code: Instance i-1',
      'ec2:TerminateInstances',
      { instancesSet: { items: [{ instanceId: 'i-1' }] } },
    ],
    [
      's3:DeleteBucketPublicAccessBlock',
      { bucketName: 'b' },
      null,
      'exposure: Access from the internet to bucket b, which is not blocked any more',
      's3:PutBucketPublicAccessBlock',
      {
        bucketName: 'b',
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
    ],
    [
      'rds:ModifyDBInstance',
      { dBInstanceIdentifier: 'd', publiclyAccessible: true },
      null,
      'exposure: Address of database d on the internet',
      'rds:ModifyDBInstance',
      { dBInstanceIdentifier: 'd', publiclyAccessible: false },
    ],
    [
      's3:PutBucketAcl',
      { bucketName: 'b', 'x-amz-acl': 'public-read' },
      null,
      'exposure: Access of everybody to b',
      's3:PutBucketAcl',
      { bucketName: 'b', 'x-amz-acl': 'private' },
    ],
    [
      'ec2:CreateNetworkAclEntry',
      {
        networkAclId: 'acl-1',
        ruleNumber: 100,
        ruleAction: 'allow',
        cidrBlock: '0.0.0.0/0',
        egress: false,
      },
      null,
      'network: Entry 100 of network access list acl-1, which allows 0.0.0.0/0',
      'ec2:DeleteNetworkAclEntry',
      { networkAclId: 'acl-1', ruleNumber: 100, egress: false },
    ],
  ])(
    '%s of %j leaves something, until it is undone',
    async (makes, request, response, what, removes, undoing) => {
      const made = aCallOf(makes, request, response);
      expect(await openAfter(made)).toEqual([what]);
      expect(await openAfter(made, aCallOf(removes, undoing))).toEqual([]);
    },
  );

  it('a bucket policy that leaves the choice to the account leaves nothing: unlocking is the job', async () => {
    expect(
      await openAfter(
        bucketPolicy({ AWS: ROOT }),
        bucketPolicy({ AWS: LEASE.accountId }),
      ),
    ).toEqual([]);
  });

  it.each<[unknown, string]>([
    ['*', 'exposure: Policy of bucket payroll that allows everybody'],
    [
      { AWS: ELSEWHERE },
      `grant: Policy of bucket payroll that allows ${ELSEWHERE}`,
    ],
    [
      { AWS: [ROOT, `arn:aws:iam::${LEASE.accountId}:role/app`] },
      `grant: Policy of bucket payroll that allows arn:aws:iam::${LEASE.accountId}:role/app`,
    ],
    [
      { AWS: `arn:aws:sts::${LEASE.accountId}:assumed-role/R/mary@1` },
      `grant: Policy of bucket payroll that allows arn:aws:sts::${LEASE.accountId}:assumed-role/R/mary@1`,
    ],
  ])('a bucket policy for %j leaves a grant', async (principal, what) => {
    expect(await openAfter(bucketPolicy(principal))).toEqual([what]);
  });

  it('a later bucket policy without the grant, or none, takes it back', async () => {
    const open = bucketPolicy('*');
    const none = aCallOf('s3:DeleteBucketPolicy', { bucketName: 'payroll' });
    expect(await openAfter(open, bucketPolicy({ AWS: ROOT }))).toEqual([]);
    expect(await openAfter(open, none)).toEqual([]);
  });

  it('a bucket policy for somebody else is another item: what was justified was not this', async () => {
    expect(
      await openAfter(bucketPolicy({ AWS: ELSEWHERE }), bucketPolicy('*')),
    ).toEqual(['exposure: Policy of bucket payroll that allows everybody']);
  });

  it('each account that a snapshot is shared with is an item', async () => {
    const shared = permission('add', { userId: ELSEWHERE }, { group: 'all' });
    expect(await openAfter(shared)).toEqual([
      `share: Snapshot snap-1, shared with account ${ELSEWHERE}`,
      'exposure: Snapshot snap-1, shared with everybody',
    ]);
    expect(
      await openAfter(shared, permission('remove', { group: 'all' })),
    ).toEqual([`share: Snapshot snap-1, shared with account ${ELSEWHERE}`]);
    const gone = aCallOf('ec2:DeleteSnapshot', { snapshotId: 'snap-1' });
    expect(await openAfter(shared, gone)).toEqual([]);
  });

  it('a way into a security group goes by its content, by its rule, or with the group', async () => {
    const open = ingress('AuthorizeSecurityGroupIngress', {
      securityGroupRuleSet: { items: [{ securityGroupRuleId: 'sgr-1' }] },
    });
    const byRule = aCallOf('ec2:RevokeSecurityGroupIngress', {
      groupId: 'sg-1',
      securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }] },
    });
    const byOldShape = aCallOf('ec2:RevokeSecurityGroupIngress', {
      groupId: 'sg-1',
      ipPermissions: {},
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidrIp: '0.0.0.0/0',
    });
    const group = aCallOf('ec2:DeleteSecurityGroup', { groupId: 'sg-1' });
    expect(await openAfter(open)).toEqual([
      'network: Way in from 0.0.0.0/0, tcp port 22, of security group sg-1',
    ]);
    for (const undo of [
      ingress('RevokeSecurityGroupIngress'),
      byRule,
      byOldShape,
      group,
    ]) {
      expect(await openAfter(open, undo)).toEqual([]);
    }
    const otherWay = ingress('RevokeSecurityGroupEgress');
    expect(await openAfter(open, otherWay)).toHaveLength(1);
  });

  it('taking a key out of use leaves nothing: containing an incident is the job', async () => {
    const off = { userName: 'ci', accessKeyId: 'AKIA1', status: 'Inactive' };
    expect(await openAfter(aCallOf('iam:UpdateAccessKey', off))).toEqual([]);
  });
});
