import { aCallOf, openAfter } from '../testing/calls';

const OPEN = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]}';

describe('what opens a door is listed', () => {
  it.each<[string, object, object?]>([
    [
      's3:PutBucketAcl',
      { bucketName: 'b', 'x-amz-acl': ['authenticated-read'] },
    ],
    ['s3:PutBucketAcl', { bucketName: 'b', 'x-amz-grant-read': 'id=9999' }],
    ['s3:CreateBucket', { bucketName: 'b', 'x-amz-acl': ['public-read'] }],
    ['kms:CreateKey', { policy: OPEN }, { keyMetadata: { keyId: 'k' } }],
    ['sqs:CreateQueue', { queueName: 'q', attributes: { Policy: OPEN } }],
    ['sns:CreateTopic', { name: 't', attributes: { Policy: OPEN } }],
    ['dynamodb:CreateTable', { tableName: 't', resourcePolicy: OPEN }],
    ['glue:PutResourcePolicy', { policyInJson: OPEN }],
    ['ecr:PutRegistryPolicy', { policyText: OPEN }],
    ['redshift:AuthorizeDataShare', { dataShareArn: 'd' }],
    [
      'ec2:ModifyVpcEndpointServicePermissions',
      {
        ModifyVpcEndpointServicePermissionsRequest: {
          AddAllowedPrincipals: { content: '*' },
        },
      },
    ],
    ['lambda:UpdateFunctionUrlConfig', { functionName: 'f', authType: 'NONE' }],
    [
      'ec2:ModifySecurityGroupRules',
      {
        ModifySecurityGroupRulesRequest: {
          GroupId: 'sg',
          SecurityGroupRule: {
            SecurityGroupRuleId: 'sgr-1',
            SecurityGroupRule: { CidrIpv4: '0.0.0.0/0', IpProtocol: '-1' },
          },
        },
      },
    ],
    [
      'rds:RestoreDBInstanceFromDBSnapshot',
      { dBInstanceIdentifier: 'd' },
      { publiclyAccessible: true },
    ],
    [
      'rds:ModifyDBInstance',
      { dBInstanceIdentifier: 'd', masterUserPassword: '****' },
    ],
    [
      'rds:ModifyDBCluster',
      { dBClusterIdentifier: 'd', masterUserPassword: '****' },
    ],
    ['cloudformation:ExecuteChangeSet', { changeSetName: 'c', stackName: 's' }],
    ['cloudformation:CreateStackSet', { stackSetName: 's' }],
    ['codebuild:UpdateProject', { name: 'p' }],
    ['glue:UpdateJob', { jobName: 'p' }],
    ['sso:PutInlinePolicyToPermissionSet', { permissionSetArn: 'p' }],
    [
      'sso:AttachManagedPolicyToPermissionSet',
      { permissionSetArn: 'p', managedPolicyArn: 'm' },
    ],
    ['ssm:CreateActivation', { iamRole: 'r' }, { activationId: 'a' }],
    [
      'iam:PutUserPermissionsBoundary',
      { userName: 'u', permissionsBoundary: 'arn:x' },
    ],
    [
      'iam:PutRolePermissionsBoundary',
      { roleName: 'r', permissionsBoundary: 'arn:x' },
    ],
  ])('%s of %j', async (...[event, request, response]) => {
    expect(await openAfter(aCallOf(event, request, response))).toHaveLength(1);
  });

  it('a policy in a call that is not known one by one, unless the call only reads', async () => {
    const call = aCallOf('apigateway:CreateRestApi', { policy: OPEN });
    expect(await openAfter(call)).toEqual([
      'other: What apigateway:CreateRestApi allows everybody',
    ]);
    expect(await openAfter({ ...call, accessLevel: 'unknown' })).toHaveLength(
      1,
    );
    expect(await openAfter({ ...call, accessLevel: 'read' })).toEqual([]);
  });

  it('a modified rule goes with its group, or by its id', async () => {
    const change = aCallOf('ec2:ModifySecurityGroupRules', {
      groupId: 'sg',
      securityGroupRuleId: 'sgr-1',
    });
    expect(
      await openAfter(
        change,
        aCallOf('ec2:RevokeSecurityGroupIngress', {
          groupId: 'sg',
          securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }] },
        }),
      ),
    ).toEqual([]);
  });
});
