import { requests } from '../conditions';
import { CountingRule, SensitiveRule } from '../SensitiveRule';

/** Request that adds somebody; one that only takes somebody away shares nothing. */
const ADDS = /"add":|"valuesToAdd":|"accountIdsToAdd":/;
const DECRYPTS = requests(/"withDecryption":true/);

/** What happens to the data of the account. */
export const data: SensitiveRule[] = [
  {
    id: 'snapshot-sharing',
    title: 'Shared snapshot or image',
    why: 'It lets another account copy a disk, a database or an image.',
    cases: [
      {
        events: [
          'ec2:ModifySnapshotAttribute',
          'ec2:ModifyImageAttribute',
          'rds:ModifyDBSnapshotAttribute',
          'rds:ModifyDBClusterSnapshotAttribute',
          'ssm:ModifyDocumentPermission',
        ],
        only: 'somebody added',
        when: requests(ADDS),
      },
      { events: ['ec2:SharedSnapshotVolumeCreated'] },
    ],
  },
  {
    id: 'data-export',
    title: 'Data taken out',
    why: 'It shares or copies data to where the account no longer controls it.',
    cases: [
      {
        events: [
          'ec2:CreateStoreImageTask',
          'ec2:CreateInstanceExportTask',
          'rds:StartExportTask',
          'dynamodb:ExportTableToPointInTime',
          's3:PutBucketReplication',
          'ram:CreateResourceShare',
          'ram:AssociateResourceShare',
          'datasync:CreateTask',
          'dms:CreateReplicationTask',
          'backup:StartCopyJob',
        ],
      },
    ],
  },
  {
    id: 'secret-read',
    title: 'Secret read',
    why: 'It reads a secret; consider rotating it.',
    cases: [
      {
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
        events: ['ssm:GetParameter*'],
        only: 'decryption',
        when: DECRYPTS,
      },
    ],
  },
  {
    id: 'key-destruction',
    title: 'Key destroyed or disabled',
    why: 'It makes encrypted data unreadable, now or soon.',
    cases: [
      {
        events: [
          'kms:ScheduleKeyDeletion',
          'kms:DisableKey',
          'kms:DeleteImportedKeyMaterial',
        ],
      },
    ],
  },
  {
    id: 'backup-deletion',
    title: 'Backup deleted',
    why: 'It deletes backups, or keeps new ones from being made.',
    cases: [
      {
        events: [
          'backup:DeleteRecoveryPoint',
          'backup:DeleteBackupVault',
          'backup:DeleteBackupPlan',
          'backup:DeleteBackupSelection',
          'rds:DeleteDBSnapshot',
          'rds:DeleteDBClusterSnapshot',
          'rds:DeleteDBInstanceAutomatedBackup',
          'dynamodb:DeleteBackup',
          'dynamodb:UpdateContinuousBackups',
          'ec2:DeleteSnapshot',
          'ec2:DeregisterImage',
          's3:PutBucketVersioning',
          's3:PutBucketLifecycle*',
        ],
      },
    ],
  },
  {
    id: 'data-destruction',
    title: 'Data deleted',
    why: 'It deletes data, or the machine that holds it.',
    cases: [
      {
        events: [
          's3:DeleteBucket',
          'rds:DeleteDBInstance',
          'rds:DeleteDBCluster',
          'rds:DeleteGlobalCluster',
          'dynamodb:DeleteTable',
          'ec2:DeleteVolume',
          'ec2:TerminateInstances',
          'elasticfilesystem:DeleteFileSystem',
          'secretsmanager:DeleteSecret',
        ],
      },
    ],
  },
];

/** What is harmless once and is not in bulk. */
export const bulk: CountingRule[] = [
  {
    id: 'mass-read',
    title: 'Mass read',
    why: 'It is one of many reads of secrets or objects under this lease: look whether the reason needs them.',
    counts: [
      {
        what: 'secrets',
        atLeast: 5,
        events: [
          'secretsmanager:GetSecretValue',
          'secretsmanager:BatchGetSecretValue',
        ],
      },
      {
        what: 'secret parameters',
        atLeast: 5,
        events: ['ssm:GetParameter*'],
        only: 'decryption',
        when: DECRYPTS,
      },
      {
        what: 'objects',
        atLeast: 100,
        events: ['s3:GetObject', 's3:CopyObject', 's3:SelectObjectContent'],
      },
      {
        what: 'blocks of snapshots',
        atLeast: 10,
        events: ['ebs:GetSnapshotBlock'],
      },
      {
        what: 'reads of tables',
        atLeast: 100,
        events: ['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:BatchGetItem'],
      },
    ],
  },
];
