import { matchesAction } from '../../profiles';

/** Permissions whose use is a data event: a trail leaves them out unless told otherwise. */
const DATA_EVENTS = [
  's3:*Object*',
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  'lambda:InvokeFunction*',
  'dynamodb:*Item',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:PartiQL*',
  'dynamodb:GetRecords',
  'ebs:*SnapshotBlock*',
  'kinesis:PutRecord*',
  'kinesis:GetRecords',
  'sns:Publish*',
  'sqs:SendMessage*',
  'sqs:ReceiveMessage*',
  'sqs:DeleteMessage*',
];

/** Their names have the word, and they are about the bucket or the account. */
const MANAGEMENT = ['s3:*BucketObjectLock*', 's3:*ObjectLambda*'];

/** Whether use of a permission, such as `s3:GetObject`, shows in data events only. */
export function isDataEvent(permission: string): boolean {
  const fits = (pattern: string) => matchesAction(pattern, permission);
  return DATA_EVENTS.some(fits) && !MANAGEMENT.some(fits);
}
