import { opensToEverybody } from '../../policyGrants';
import { requestIs, requests } from '../conditions';
import { SensitiveRule } from '../SensitiveRule';

const OPEN_ADDRESSES = /"(0\.0\.0\.0\/0|::\/0)"/;
const OPEN_ACL =
  /public-read|acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)/;
const SHARED_WITH_ALL = /"add":.*"group":"all"|"valuesToAdd":\[[^\]]*"all"/;

/** Who else can reach what the account holds. */
export const exposure: SensitiveRule[] = [
  {
    id: 'access-policy',
    title: 'Change of access to data',
    why: 'It changes who can reach stored data.',
    cases: [
      {
        events: [
          's3:PutBucketPolicy',
          's3:DeleteBucketPolicy',
          's3:PutBucketAcl',
          's3:PutObjectAcl',
          's3:PutAccessPointPolicy',
          'sns:AddPermission',
          'sqs:AddPermission',
          'lambda:AddPermission',
          'lambda:AddLayerVersionPermission',
          'ecr:SetRepositoryPolicy',
          'es:UpdateDomainConfig',
          'dynamodb:PutResourcePolicy',
          'backup:PutBackupVaultAccessPolicy',
          'elasticfilesystem:PutFileSystemPolicy',
        ],
      },
    ],
  },
  {
    id: 'public-exposure',
    title: 'Opened to the internet',
    why: 'It can open something to everybody on the internet.',
    cases: [
      {
        events: [
          's3:PutBucketPolicy',
          's3:PutAccessPointPolicy',
          'kms:PutKeyPolicy',
          'secretsmanager:PutResourcePolicy',
          'sns:SetTopicAttributes',
          'sqs:SetQueueAttributes',
          'ecr:SetRepositoryPolicy',
          'iam:CreateRole',
          'iam:UpdateAssumeRolePolicy',
        ],
        only: 'a policy that allows something to everybody',
        when: requestIs(opensToEverybody),
      },
      {
        events: [
          's3:DeleteBucketPublicAccessBlock',
          's3:DeletePublicAccessBlock',
          's3:DeleteAccountPublicAccessBlock',
          's3:PutBucketPublicAccessBlock',
          's3:PutAccountPublicAccessBlock',
          's3:PutBucketWebsite',
          'lambda:CreateFunctionUrlConfig',
          'ec2:DisableImageBlockPublicAccess',
          'ec2:DisableSnapshotBlockPublicAccess',
        ],
      },
      {
        events: ['s3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutObject'],
        only: 'a public access list',
        when: requests(OPEN_ACL),
      },
      {
        events: ['rds:CreateDBInstance', 'rds:ModifyDBInstance'],
        only: 'a public address',
        when: requests(/"publiclyAccessible":true/),
      },
      {
        events: ['lambda:AddPermission'],
        only: 'a right of everybody',
        when: requests(/"principal":"\*"/),
      },
      {
        events: [
          'ec2:ModifySnapshotAttribute',
          'ec2:ModifyImageAttribute',
          'rds:ModifyDBSnapshotAttribute',
          'rds:ModifyDBClusterSnapshotAttribute',
        ],
        only: 'sharing with everybody',
        when: requests(SHARED_WITH_ALL),
      },
    ],
  },
  {
    id: 'network-opening',
    title: 'Opened network',
    why: 'It lets traffic through from or to any address.',
    cases: [
      {
        events: [
          'ec2:AuthorizeSecurityGroupIngress',
          'ec2:AuthorizeSecurityGroupEgress',
          'ec2:ModifySecurityGroupRules',
          'ec2:CreateNetworkAclEntry',
          'ec2:ReplaceNetworkAclEntry',
          'ec2:CreateRoute',
        ],
        only: 'any address',
        when: requests(OPEN_ADDRESSES),
      },
      {
        events: [
          'ec2:AttachInternetGateway',
          'ec2:CreateVpcPeeringConnection',
          'ec2:AcceptVpcPeeringConnection',
          'ec2:CreateTrafficMirrorSession',
          'rds:AuthorizeDBSecurityGroupIngress',
        ],
      },
    ],
  },
];
