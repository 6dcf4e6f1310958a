import { CloudTrailRecord, member } from './cloudTrailRecord';
import { opensToEverybody } from './openPolicy';

/** Marks events that a reviewer should not overlook. */
export interface SensitiveRule {
  /** Stable id. */
  id: string;
  /** One sentence for the reviewer. */
  why: string;
  /** `service:EventName`; a `*` at the end stands for any rest. */
  events: string[];
  /** A further condition on the record. */
  when?: (record: CloudTrailRecord) => boolean;
}

/** Text of the request, for conditions on values that sit at different depths. */
const request = (record: CloudTrailRecord) =>
  JSON.stringify(member(record, 'requestParameters') ?? null);

const OPEN_ADDRESSES = /"(0\.0\.0\.0\/0|::\/0)"/;
const OPEN_ACL =
  /public-read|acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)/;

/** All rules, as data. One event can match several. */
export const sensitiveRules: SensitiveRule[] = [
  {
    id: 'logging-tampering',
    why: 'It changes or stops the records that reviews rely on.',
    events: [
      'cloudtrail:StopLogging',
      'cloudtrail:DeleteTrail',
      'cloudtrail:UpdateTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:PutInsightSelectors',
      'cloudtrail:DeleteEventDataStore',
      'cloudtrail:UpdateEventDataStore',
      'cloudtrail:DeregisterOrganizationDelegatedAdmin',
      'config:StopConfigurationRecorder',
      'config:DeleteConfigurationRecorder',
      'config:DeleteDeliveryChannel',
      'guardduty:DeleteDetector',
      'guardduty:UpdateDetector',
      'guardduty:CreateFilter',
      'securityhub:DisableSecurityHub',
      'logs:DeleteLogGroup',
      'logs:DeleteLogStream',
      'logs:DeleteSubscriptionFilter',
      'logs:PutRetentionPolicy',
      'ec2:DeleteFlowLogs',
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DisableAlarmActions',
      'access-analyzer:DeleteAnalyzer',
    ],
  },
  {
    id: 'credential-creation',
    why: 'It creates credentials that outlive the lease.',
    events: [
      'iam:CreateAccessKey',
      'iam:UpdateAccessKey',
      'iam:CreateLoginProfile',
      'iam:UpdateLoginProfile',
      'iam:CreateServiceSpecificCredential',
      'iam:ResetServiceSpecificCredential',
      'iam:UploadSSHPublicKey',
      'iam:UploadSigningCertificate',
      'iam:CreateVirtualMFADevice',
      'iam:DeactivateMFADevice',
      'ec2:CreateKeyPair',
      'ec2:ImportKeyPair',
      'sts:GetFederationToken',
      'sts:GetSessionToken',
    ],
  },
  {
    id: 'principal-creation',
    why: 'It creates a user, role or identity provider that outlives the lease.',
    events: [
      'iam:CreateUser',
      'iam:CreateRole',
      'iam:CreateGroup',
      'iam:CreateInstanceProfile',
      'iam:CreateSAMLProvider',
      'iam:CreateOpenIDConnectProvider',
      'rolesanywhere:CreateTrustAnchor',
      'rolesanywhere:CreateProfile',
      'sso:CreateAccountAssignment',
      'sso:CreatePermissionSet',
      'identitystore:CreateUser',
    ],
  },
  {
    id: 'trust-change',
    why: 'It changes who may take on a role.',
    events: [
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateSAMLProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
      'iam:AddClientIDToOpenIDConnectProvider',
    ],
  },
  {
    id: 'permission-change',
    why: 'It gives somebody more rights than before.',
    events: [
      'iam:AttachUserPolicy',
      'iam:AttachRolePolicy',
      'iam:AttachGroupPolicy',
      'iam:PutUserPolicy',
      'iam:PutRolePolicy',
      'iam:PutGroupPolicy',
      'iam:CreatePolicyVersion',
      'iam:SetDefaultPolicyVersion',
      'iam:AddUserToGroup',
      'iam:AddRoleToInstanceProfile',
      'iam:DeleteRolePermissionsBoundary',
      'iam:PutRolePermissionsBoundary',
      'iam:DeleteUserPermissionsBoundary',
      'kms:CreateGrant',
      'kms:PutKeyPolicy',
      'secretsmanager:PutResourcePolicy',
      'lakeformation:GrantPermissions',
    ],
  },
  {
    id: 'access-policy',
    why: 'It changes who can reach stored data.',
    events: [
      's3:PutBucketPolicy',
      's3:DeleteBucketPolicy',
      's3:PutBucketAcl',
      's3:PutObjectAcl',
      's3:PutAccessPointPolicy',
      'sns:AddPermission',
      'sqs:AddPermission',
      'lambda:AddPermission*',
      'ecr:SetRepositoryPolicy',
      'es:UpdateDomainConfig',
    ],
  },
  {
    id: 'public-exposure',
    why: 'It can open something to everybody on the internet.',
    events: [
      's3:PutBucketPolicy',
      'kms:PutKeyPolicy',
      'secretsmanager:PutResourcePolicy',
      'sns:SetTopicAttributes',
      'sqs:SetQueueAttributes',
      'ecr:SetRepositoryPolicy',
    ],
    when: opensToEverybody,
  },
  {
    id: 'public-exposure',
    why: 'It can open something to everybody on the internet.',
    events: [
      's3:DeleteBucketPublicAccessBlock',
      's3:DeletePublicAccessBlock',
      's3:DeleteAccountPublicAccessBlock',
      's3:PutBucketPublicAccessBlock',
      's3:PutAccountPublicAccessBlock',
      's3:PutBucketWebsite',
      'lambda:CreateFunctionUrlConfig*',
    ],
  },
  {
    id: 'public-exposure',
    why: 'It can open something to everybody on the internet.',
    events: ['s3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutObject'],
    when: record => OPEN_ACL.test(request(record)),
  },
  {
    id: 'public-exposure',
    why: 'It can open something to everybody on the internet.',
    events: ['rds:CreateDBInstance', 'rds:ModifyDBInstance'],
    when: record => /"publiclyAccessible":true/.test(request(record)),
  },
  {
    id: 'network-opening',
    why: 'It lets traffic in from any address.',
    events: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:ModifySecurityGroupRules',
      'ec2:CreateNetworkAclEntry',
      'ec2:ReplaceNetworkAclEntry',
    ],
    when: record => OPEN_ADDRESSES.test(request(record)),
  },
  {
    id: 'data-export',
    why: 'It shares or copies data to where the account no longer controls it.',
    events: [
      'ec2:ModifySnapshotAttribute',
      'ec2:ModifyImageAttribute',
      'ec2:CreateStoreImageTask',
      'ec2:CreateInstanceExportTask',
      'ec2:SharedSnapshotVolumeCreated',
      'rds:ModifyDBSnapshotAttribute',
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:StartExportTask',
      'dynamodb:ExportTableToPointInTime',
      's3:PutBucketReplication',
      'ram:CreateResourceShare',
      'datasync:CreateTask',
      'dms:CreateReplicationTask',
      'backup:StartCopyJob',
    ],
  },
  {
    id: 'secret-read',
    why: 'It reads a secret; consider rotating it.',
    events: [
      'secretsmanager:GetSecretValue',
      'secretsmanager:BatchGetSecretValue',
      'ec2:GetPasswordData',
      'ecr:GetAuthorizationToken',
      'redshift:GetClusterCredentials*',
      'lightsail:GetInstanceAccessDetails',
    ],
  },
  {
    id: 'secret-read',
    why: 'It reads a secret; consider rotating it.',
    events: ['ssm:GetParameter*'],
    when: record => /"withDecryption":true/.test(request(record)),
  },
  {
    id: 'remote-shell',
    why: 'It opens a way into a machine; what is done there is not in these logs.',
    events: [
      'ssm:StartSession',
      'ssm:ResumeSession',
      'ssm:SendCommand',
      'ecs:ExecuteCommand',
      'ec2-instance-connect:SendSSHPublicKey',
      'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
      'ec2-instance-connect:OpenTunnel',
      'eks:AccessKubernetesApi',
    ],
  },
  {
    id: 'role-chaining',
    why: 'It takes on another role, which the profile of the lease does not limit.',
    events: ['sts:AssumeRole*'],
  },
  {
    id: 'key-destruction',
    why: 'It makes encrypted data unreadable, now or soon.',
    events: [
      'kms:ScheduleKeyDeletion',
      'kms:DisableKey',
      'kms:DeleteImportedKeyMaterial',
    ],
  },
  {
    id: 'data-destruction',
    why: 'It deletes data or what backs it up.',
    events: [
      's3:DeleteBucket',
      's3:PutBucketVersioning',
      's3:PutBucketLifecycle*',
      'rds:DeleteDBInstance',
      'rds:DeleteDBCluster',
      'rds:DeleteDBSnapshot',
      'dynamodb:DeleteTable',
      'dynamodb:DeleteBackup',
      'ec2:DeleteSnapshot',
      'ec2:DeleteVolume',
      'ec2:TerminateInstances',
      'elasticfilesystem:DeleteFileSystem',
      'backup:DeleteRecoveryPoint',
      'backup:DeleteBackupVault',
      'secretsmanager:DeleteSecret',
    ],
  },
  {
    id: 'code-change',
    why: 'It places code that runs later, with rights of its own.',
    events: [
      'lambda:CreateFunction*',
      'lambda:UpdateFunctionCode*',
      'lambda:UpdateFunctionConfiguration*',
      'lambda:CreateEventSourceMapping*',
      'events:PutTargets',
      'scheduler:CreateSchedule',
      'ec2:ModifyInstanceAttribute',
      'cloudformation:CreateStack',
      'cloudformation:UpdateStack',
    ],
  },
  {
    id: 'organization-change',
    why: 'It changes the organization or the account itself.',
    events: [
      'organizations:LeaveOrganization',
      'organizations:DetachPolicy',
      'organizations:DeletePolicy',
      'organizations:UpdatePolicy',
      'organizations:CreateAccount',
      'organizations:InviteAccountToOrganization',
      'organizations:RegisterDelegatedAdministrator',
      'account:PutAlternateContact',
      'account:EnableRegion',
    ],
  },
];
