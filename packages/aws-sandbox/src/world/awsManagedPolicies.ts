const allow = (...actions: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });

/**
 * The policies that AWS itself manages, as far as the sandbox has services for them.
 * Keys are names under `arn:<partition>:iam::aws:policy/`.
 */
export const awsManagedPolicies: Readonly<Record<string, string>> = {
  AdministratorAccess: allow('*'),
  ReadOnlyAccess: allow(
    's3:Get*',
    's3:List*',
    'ec2:Describe*',
    'iam:Get*',
    'iam:List*',
    'cloudtrail:Get*',
    'cloudtrail:Describe*',
    'cloudtrail:LookupEvents',
    'secretsmanager:List*',
    'secretsmanager:Describe*',
  ),
  AmazonS3FullAccess: allow('s3:*', 's3-object-lambda:*'),
  AmazonS3ReadOnlyAccess: allow('s3:Get*', 's3:List*', 's3:Describe*'),
  AmazonEC2FullAccess: allow('ec2:*'),
  AmazonEC2ReadOnlyAccess: allow('ec2:Describe*'),
  IAMFullAccess: allow('iam:*'),
  IAMReadOnlyAccess: allow('iam:Get*', 'iam:List*', 'iam:Simulate*'),
  SecretsManagerReadWrite: allow('secretsmanager:*'),
};
