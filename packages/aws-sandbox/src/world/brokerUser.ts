import { allow, policy } from './policyWords';
import { AccountSeed } from './WorldSeed';

/** To run queries in the workgroup. */
function queries(athena: string) {
  return allow(
    [
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetWorkGroup',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    `${athena}:workgroup/break-glass`,
  );
}

/** To know the tables: Athena's view of the catalog, and the catalog itself. */
function tables(athena: string, glue: string) {
  return [
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
  ];
}

/** To read the logs' files and to write and read the results. */
function files(id: string, partition: string) {
  const arn = (path: string) => `arn:${partition}:s3:::${path}`;
  const logs = [`aws-cloudtrail-logs-${id}`, `break-glass-stream-${id}`];
  return [
    allow(['s3:ListBucket'], logs.map(arn)),
    allow(
      ['s3:GetObject'],
      logs.map(bucket => arn(`${bucket}/*`)),
    ),
    allow(
      ['s3:GetObject', 's3:PutObject'],
      arn(`break-glass-athena-${id}/results/*`),
    ),
  ];
}

/** What the broker needs to read the logs with Athena. */
function readingLogs({ id, partition, region }: AccountSeed) {
  const athena = `arn:${partition}:athena:${region}:${id}`;
  const glue = `arn:${partition}:glue:${region}:${id}`;
  return policy(
    queries(athena),
    ...tables(athena, glue),
    ...files(id, partition),
  );
}

/** An account with the broker's user, which may assume the break-glass roles of its partition and read the logs. */
export function withBroker(
  account: AccountSeed,
  accessKeyId: string,
  secretAccessKey: string,
): AccountSeed {
  const roles = `arn:${account.partition}:iam::*:role/break-glass/*`;
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
          ReadLogs: readingLogs(account),
        },
      },
    ],
  };
}
