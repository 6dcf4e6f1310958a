import { ActivityEventRow } from '../../../database/types';
import { aCallOf, openAfter } from '../testing/calls';

const SHARE = 'arn:aws:ram:eu-central-1:111122223333:resource-share/1';
const lakeGrant = (event: string, name: string) =>
  aCallOf(`lakeformation:${event}`, {
    principal: { dataLakePrincipalIdentifier: 'p' },
    resource: { database: { name } },
    permissions: ['SELECT'],
  });
const route = (event: string, destinationCidrBlock: string) =>
  aCallOf(`ec2:${event}`, { routeTableId: 'r', destinationCidrBlock });
const block = (settings: object) =>
  aCallOf('s3:PutBucketPublicAccessBlock', {
    bucketName: 'b',
    PublicAccessBlockConfiguration: settings,
  });
const targets = aCallOf('events:PutTargets', {
  rule: 'x',
  targets: [
    { id: '1', arn: 'arn:one' },
    { id: '2', arn: 'arn:two' },
  ],
});
/** Two things of one name in different places, of which the second is removed. */
const twoOf = (
  makes: string,
  removes: string,
  name: object,
  place: object,
): ActivityEventRow[] => [
  aCallOf(makes, name),
  aCallOf(makes, { ...name, ...place }),
  aCallOf(removes, { ...name, ...place }),
];

describe('a removal of something else, or in part, leaves', () => {
  it.each<[string, string[], ActivityEventRow[]]>([
    [
      'a function whose version was deleted',
      ['code: Function f'],
      [
        aCallOf('lambda:CreateFunction20150331', { functionName: 'f' }),
        aCallOf('lambda:DeleteFunction20150331', {
          functionName: 'f',
          qualifier: '1',
        }),
      ],
    ],
    [
      'a function whose version was deleted by its ARN',
      ['code: Function f'],
      [
        aCallOf('lambda:CreateFunction20150331', { functionName: 'f' }),
        aCallOf('lambda:DeleteFunction20150331', {
          functionName: 'arn:aws:lambda:eu-central-1:111122223333:function:f:1',
        }),
      ],
    ],
    [
      'the address of a function when an alias’ goes',
      ['exposure: Address of function f on the internet'],
      twoOf(
        'lambda:CreateFunctionUrlConfig',
        'lambda:DeleteFunctionUrlConfig',
        { functionName: 'f', authType: 'NONE' },
        { qualifier: 'a' },
      ),
    ],
    [
      'the right on a function when the same on an alias goes',
      ['grant: Right of * on function f'],
      twoOf(
        'lambda:AddPermission20150331v2',
        'lambda:RemovePermission20150331v2',
        { functionName: 'f', statementId: 's', principal: '*' },
        { qualifier: 'a' },
      ),
    ],
    [
      'a rule of another bus',
      ['rule: Event rule x'],
      twoOf(
        'events:PutRule',
        'events:DeleteRule',
        { name: 'x' },
        { eventBusName: 'b' },
      ),
    ],
    [
      'a target of a rule when another goes',
      ['rule: Target arn:two of event rule x'],
      [targets, aCallOf('events:RemoveTargets', { rule: 'x', ids: ['1'] })],
    ],
    [
      'targets whose removal failed in part',
      [
        'rule: Target arn:one of event rule x',
        'rule: Target arn:two of event rule x',
      ],
      [
        targets,
        aCallOf(
          'events:RemoveTargets',
          { rule: 'x', ids: ['1', '2'] },
          { failedEntryCount: 1, failedEntries: [{ targetId: '1' }] },
        ),
      ],
    ],
    [
      'a schedule of another group',
      ['rule: Schedule x'],
      twoOf(
        'scheduler:CreateSchedule',
        'scheduler:DeleteSchedule',
        { name: 'x' },
        { groupName: 'g' },
      ),
    ],
    [
      'a service of another cluster',
      ['code: Container service x'],
      twoOf(
        'ecs:CreateService',
        'ecs:DeleteService',
        { serviceName: 'x', cluster: 'a' },
        { cluster: 'b' },
      ),
    ],
    [
      'a route to elsewhere',
      ['network: Route to 0.0.0.0/0 in route table r'],
      [
        route('CreateRoute', '0.0.0.0/0'),
        route('CreateRoute', '10.9.0.0/16'),
        route('DeleteRoute', '10.9.0.0/16'),
      ],
    ],
    [
      'a share with others',
      [`share: Resource share ${SHARE}`],
      [
        aCallOf(
          'ram:CreateResourceShare',
          { name: 's', principals: ['999999999999', '888888888888'] },
          { resourceShare: { resourceShareArn: SHARE } },
        ),
        aCallOf('ram:DisassociateResourceShare', {
          resourceShareArn: SHARE,
          principals: ['888888888888'],
        }),
      ],
    ],
    [
      'rights on another database',
      ['grant: Lake Formation rights of p on {"database":{"name":"a"}}'],
      [
        lakeGrant('GrantPermissions', 'a'),
        lakeGrant('GrantPermissions', 'b'),
        lakeGrant('RevokePermissions', 'b'),
      ],
    ],
    [
      'an open object in a bucket that was made private',
      ['exposure: Access of everybody to b/k'],
      [
        aCallOf('s3:PutObjectAcl', {
          bucketName: 'b',
          key: 'k',
          'x-amz-acl': 'public-read',
        }),
        aCallOf('s3:PutBucketAcl', { bucketName: 'b', 'x-amz-acl': 'private' }),
      ],
    ],
    [
      'a bucket whose block of access came back in part',
      [
        'exposure: Access from the internet to bucket b, which is not blocked any more',
      ],
      [
        aCallOf('s3:DeleteBucketPublicAccessBlock', { bucketName: 'b' }),
        block({ BlockPublicAcls: true, IgnorePublicAcls: true }),
      ],
    ],
    [
      'a stack that kept some of what it made',
      ['code: CloudFormation stack s'],
      [
        aCallOf('cloudformation:CreateStack', { stackName: 's' }),
        aCallOf('cloudformation:DeleteStack', {
          stackName: 's',
          retainResources: ['User'],
        }),
      ],
    ],
    [
      'a way in when the answer lists the rules in another order',
      ['network: Way in from 0.0.0.0/0, tcp port 22, of security group sg'],
      [
        aCallOf(
          'ec2:AuthorizeSecurityGroupIngress',
          {
            groupId: 'sg',
            ipPermissions: {
              items: [
                {
                  ipProtocol: 'tcp',
                  fromPort: 22,
                  toPort: 22,
                  ipRanges: {
                    items: [{ cidrIp: '0.0.0.0/0' }, { cidrIp: '10.0.0.0/8' }],
                  },
                },
              ],
            },
          },
          {
            securityGroupRuleSet: {
              items: [
                { securityGroupRuleId: 'sgr-10', cidrIpv4: '10.0.0.0/8' },
                { securityGroupRuleId: 'sgr-all', cidrIpv4: '0.0.0.0/0' },
              ],
            },
          },
        ),
        aCallOf('ec2:RevokeSecurityGroupIngress', {
          groupId: 'sg',
          securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-10' }] },
        }),
      ],
    ],
  ])('%s', async (_, open, calls) => {
    expect(await openAfter(...calls)).toEqual(open);
  });
});

it('a block of access that leaves settings out is none', async () => {
  expect(await openAfter(block({ IgnorePublicAcls: true }))).toHaveLength(1);
});

it('what goes as a whole takes its parts along', async () => {
  expect(
    await openAfter(
      route('CreateRoute', '0.0.0.0/0'),
      aCallOf('ec2:DeleteRouteTable', { routeTableId: 'r' }),
      aCallOf('lambda:AddPermission20150331v2', {
        functionName: 'f',
        statementId: 's',
        qualifier: 'a',
      }),
      aCallOf('lambda:DeleteFunction20150331', { functionName: 'f' }),
      aCallOf('s3:PutBucketAcl', {
        bucketName: 'b',
        acl: 'x',
        'x-amz-acl': 'public-read',
      }),
      aCallOf('s3:DeleteBucket', { bucketName: 'b' }),
    ),
  ).toEqual([]);
});
