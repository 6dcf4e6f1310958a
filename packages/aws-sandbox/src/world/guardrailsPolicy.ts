import { PolicyJson } from './WorldSeed';

/** Where the things lie that guardrails protect. */
export interface GuardrailsOptions {
  /** The account whose roles carry the policy. */
  accountId: string;
  partition: string;
  /** The bucket that holds the trail's files. */
  trailBucket: string;
  /** The account that holds the trail's bucket and key. */
  logAccountId: string;
}

const RESIDUE_KEY = 'aws:PrincipalTag/break-glass:residue';

const CHANGES = [
  'iam:Add*',
  'iam:Attach*',
  'iam:Create*',
  'iam:Deactivate*',
  'iam:Delete*',
  'iam:Detach*',
  'iam:Enable*',
  'iam:PassRole',
  'iam:Put*',
  'iam:Remove*',
  'iam:Set*',
  'iam:Tag*',
  'iam:Untag*',
  'iam:Update*',
  'iam:Upload*',
  'sts:AssumeRole',
];

/** What outlives a lease: principals, keys, trusts and providers, and data shared with others. */
const LASTING = [
  'appsync:CreateApiKey',
  'ec2:CreateKeyPair',
  'ec2:CreateStoreImageTask',
  'ec2:ImportKeyPair',
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'eks:AssociateAccessPolicy',
  'eks:CreateAccessEntry',
  'iam:AddClientIDToOpenIDConnectProvider',
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateGroup',
  'iam:CreateInstanceProfile',
  'iam:CreateLoginProfile',
  'iam:CreateOpenIDConnectProvider',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:CreateSAMLProvider',
  'iam:CreateServiceLinkedRole',
  'iam:CreateServiceSpecificCredential',
  'iam:CreateUser',
  'iam:CreateVirtualMFADevice',
  'iam:DeleteUserPermissionsBoundary',
  'iam:EnableMFADevice',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:ResetServiceSpecificCredential',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAccessKey',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'iam:UpdateOpenIDConnectProviderThumbprint',
  'iam:UpdateSAMLProvider',
  'iam:UploadSSHPublicKey',
  'iam:UploadSigningCertificate',
  'identitystore:Create*',
  'iot:CreateCertificateFromCsr',
  'iot:CreateKeysAndCertificate',
  'iot:RegisterCertificate*',
  'organizations:RegisterDelegatedAdministrator',
  'ram:AssociateResourceShare',
  'ram:CreateResourceShare',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
  'rolesanywhere:Create*',
  'rolesanywhere:Update*',
  's3:PutReplicationConfiguration',
  'ssm:CreateActivation',
  'ssm:ModifyDocumentPermission',
  'sso-directory:AddMemberToGroup',
  'sso-directory:Create*',
  'sso:*',
  'sts:GetFederationToken',
  'transfer:CreateUser',
  'transfer:ImportSshPublicKey',
];

const TRAIL = [
  'cloudtrail:DeleteEventDataStore',
  'cloudtrail:DeleteTrail',
  'cloudtrail:DeregisterOrganizationDelegatedAdmin',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:PutInsightSelectors',
  'cloudtrail:StopEventDataStoreIngestion',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateEventDataStore',
  'cloudtrail:UpdateTrail',
];

const ALARMS = [
  'cloudwatch:DeleteAlarms',
  'cloudwatch:DisableAlarmActions',
  'cloudwatch:PutMetricAlarm',
  'cloudwatch:SetAlarmState',
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'logs:DeleteLogGroup',
  'logs:DeleteLogStream',
  'logs:DeleteMetricFilter',
  'logs:DeleteSubscriptionFilter',
  'logs:PutRetentionPolicy',
  'logs:PutSubscriptionFilter',
  'sns:DeleteTopic',
  'sns:SetTopicAttributes',
  'sns:Unsubscribe',
];

/**
 * The explicit denies that keep the holder of a break-glass role away from what protects it (I14):
 * the break-glass and broker roles with their boundaries, trust and kill policy; the trail, its bucket, key and alarms;
 * and the making of principals, keys, trusts, providers and shares that would outlive a lease.
 *
 * Only the last gives way, to sessions that the broker tagged `break-glass:residue` = `reviewed`. Nobody else can:
 * the roles' trust lets the broker alone tag sessions, and their tags are under the first.
 */
export function guardrailsPolicy(options: GuardrailsOptions): PolicyJson {
  const { accountId, partition, trailBucket, logAccountId } = options;
  const iam = `arn:${partition}:iam::${accountId}`;
  const statement = (Sid: string, Action: string[], Resource: string[]) => ({
    Sid,
    Effect: 'Deny',
    Action,
    Resource,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      statement('ProtectBreakGlass', CHANGES, [
        `${iam}:role/break-glass/*`,
        `${iam}:policy/break-glass/*`,
        `${iam}:user/break-glass-*`,
        `${iam}:mfa/break-glass-*`,
      ]),
      {
        ...statement('NothingLasting', LASTING, ['*']),
        // A session without the tag does not equal it: it is denied, too.
        Condition: { StringNotEquals: { [RESIDUE_KEY]: 'reviewed' } },
      },
      statement('ProtectTrail', TRAIL, ['*']),
      statement(
        'ProtectTrailBucket',
        [
          's3:Abort*',
          's3:Bypass*',
          's3:Create*',
          's3:Delete*',
          's3:Object*',
          's3:Put*',
          's3:Replicate*',
          's3:Update*',
        ],
        [
          `arn:${partition}:s3:::${trailBucket}`,
          `arn:${partition}:s3:::${trailBucket}/*`,
        ],
      ),
      statement(
        'ProtectTrailKey',
        [
          'kms:Create*',
          'kms:Delete*',
          'kms:Disable*',
          'kms:Put*',
          'kms:Re*',
          'kms:Schedule*',
          'kms:Update*',
        ],
        [`arn:${partition}:kms:*:${logAccountId}:key/*`],
      ),
      statement('ProtectAlarms', ALARMS, [
        `arn:${partition}:cloudwatch:*:${accountId}:alarm:break-glass-*`,
        `arn:${partition}:events:*:${accountId}:rule/break-glass-*`,
        `arn:${partition}:logs:*:${accountId}:log-group:break-glass-*`,
        `arn:${partition}:sns:*:${accountId}:break-glass-*`,
      ]),
    ],
  };
}
