import { allow, policy } from './policyWords';
import { AccountSeed } from './WorldSeed';

/** What the broker needs to read the logs with Athena. */
function readingLogs(id: string, partition: string, region: string) {
  const athena = `arn:${partition}:athena:${region}:${id}`;
  const glue = `arn:${partition}:glue:${region}:${id}`;
  const s3 = `arn:${partition}:s3:::`;
  const logs = [`aws-cloudtrail-logs-${id}`, `break-glass-stream-${id}`];
  const results = `${s3}break-glass-athena-${id}/results/*`;
  return [
    allow(
      [
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:GetWorkGroup',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      `${athena}:workgroup/break-glass`,
    ),
    allow(
      [
        'athena:GetDatabase',
        'athena:GetTableMetadata',
        'athena:ListTableMetadata',
      ],
      `${athena}:datacatalog/AwsDataCatalog`,
    ),
    allow(
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables'],
      [
        `${glue}:catalog`,
        `${glue}:database/cloudtrail`,
        `${glue}:table/cloudtrail/*`,
      ],
    ),
    allow(
      ['s3:ListBucket'],
      logs.map(bucket => s3 + bucket),
    ),
    allow(
      ['s3:GetObject'],
      logs.map(bucket => `${s3}${bucket}/*`),
    ),
    allow(['s3:GetObject', 's3:PutObject'], results),
  ];
}

/** An account with the broker's user, which may assume the break-glass roles of its partition and read the logs. */
export function withBroker(
  account: AccountSeed,
  accessKeyId: string,
  secretAccessKey: string,
): AccountSeed {
  const { id, partition, region } = account;
  const roles = `arn:${partition}:iam::*:role/break-glass/*`;
  return {
    ...account,
    users: [
      {
        path: '/break-glass-broker',
        keys: [{ accessKeyId, secretAccessKey }],
        inline: {
          AssumeBreakGlassRoles: policy(
            allow(
              ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
              roles,
            ),
          ),
          ReadLogs: policy(...readingLogs(id, partition, region)),
        },
      },
    ],
  };
}
