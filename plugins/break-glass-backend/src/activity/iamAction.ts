import { AccessLevel } from 'backstage-plugin-break-glass-common';
import { accessLevelOf, actionsOf, isService } from '../profiles';
import { plainEventName } from './eventName';

/** The IAM action behind an event, as far as IAM's own data knows it. */
export interface IamAction {
  /** IAM prefix, e.g. `s3`; of an unknown service, the first label of its event source. */
  service: string;
  /** Action name as policies write it; absent where IAM's data has none. */
  action?: string;
  accessLevel: AccessLevel;
}

/** Event sources whose first label is not the IAM prefix. */
const PREFIXES = new Map([
  ['monitoring', 'cloudwatch'],
  ['email', 'ses'],
  ['tagging', 'tag'],
  ['servicecatalog-appregistry', 'servicecatalog'],
  ['application-insights', 'applicationinsights'],
  ['entitlement.marketplace', 'aws-marketplace'],
  ['streams.dynamodb', 'dynamodb'],
  ['runtime.lex', 'lex'],
  ['models.lex', 'lex'],
  ['runtime.sagemaker', 'sagemaker'],
  ['api.ecr', 'ecr'],
  ['api.ecr-public', 'ecr-public'],
  ['api.pricing', 'pricing'],
  ['data.iot', 'iot'],
  ['migrationhub', 'mgh'],
]);

/** Events whose name is not the action's: the API call and the permission differ. */
const ACTIONS = new Map([
  ['s3:ListBuckets', 'ListAllMyBuckets'],
  ['s3:ListObjects', 'ListBucket'],
  ['s3:ListObjectsV2', 'ListBucket'],
  ['s3:ListObjectVersions', 'ListBucketVersions'],
  ['s3:HeadBucket', 'ListBucket'],
  ['s3:HeadObject', 'GetObject'],
  ['s3:SelectObjectContent', 'GetObject'],
  ['s3:CopyObject', 'PutObject'],
  ['s3:PostObject', 'PutObject'],
  ['s3:UploadPart', 'PutObject'],
  ['s3:UploadPartCopy', 'PutObject'],
  ['s3:CreateMultipartUpload', 'PutObject'],
  ['s3:CompleteMultipartUpload', 'PutObject'],
  ['s3:DeleteObjects', 'DeleteObject'],
  ['s3:DeleteMultipleObjects', 'DeleteObject'],
  ['s3:GetBucketLifecycle', 'GetLifecycleConfiguration'],
  ['s3:GetBucketLifecycleConfiguration', 'GetLifecycleConfiguration'],
  ['s3:PutBucketLifecycle', 'PutLifecycleConfiguration'],
  ['s3:PutBucketLifecycleConfiguration', 'PutLifecycleConfiguration'],
  ['s3:DeleteBucketLifecycle', 'PutLifecycleConfiguration'],
  ['s3:GetBucketReplication', 'GetReplicationConfiguration'],
  ['s3:PutBucketReplication', 'PutReplicationConfiguration'],
  ['s3:DeleteBucketReplication', 'PutReplicationConfiguration'],
  ['s3:GetBucketEncryption', 'GetEncryptionConfiguration'],
  ['s3:PutBucketEncryption', 'PutEncryptionConfiguration'],
  ['s3:DeleteBucketEncryption', 'PutEncryptionConfiguration'],
  ['s3:DeleteBucketCors', 'PutBucketCORS'],
  ['s3:DeleteBucketTagging', 'PutBucketTagging'],
  ['s3:GetObjectLockConfiguration', 'GetBucketObjectLockConfiguration'],
  ['s3:PutObjectLockConfiguration', 'PutBucketObjectLockConfiguration'],
  ['s3:GetBucketNotificationConfiguration', 'GetBucketNotification'],
  ['s3:PutBucketNotificationConfiguration', 'PutBucketNotification'],
  ['s3:GetPublicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['s3:PutPublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['s3:DeletePublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['s3:DeleteBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['s3:DeleteAccountPublicAccessBlock', 'PutAccountPublicAccessBlock'],
  ['lambda:Invoke', 'InvokeFunction'],
]);

/** Signing in is an event without an IAM action; it changes nothing. */
const SIGN_IN = 'signin';

/**
 * Service, action and access level of an event, by IAM's data; never by
 * CloudTrail's coarse `readOnly`.
 * @param eventSource - e.g. `s3.amazonaws.com`
 * @param eventName - e.g. `PutBucketPolicy`
 */
export async function iamActionOf(
  eventSource: string,
  eventName: string,
): Promise<IamAction> {
  const service = prefixOf(eventSource);
  if (service === SIGN_IN) {
    return { service, accessLevel: 'read' };
  }
  const names = await actionNames(service);
  const plain = plainEventName(eventName);
  const action = [
    ACTIONS.get(`${service}:${plain}`),
    names.get(eventName.toLowerCase()),
    names.get(plain.toLowerCase()),
  ].find(name => name !== undefined);
  return {
    service: service.replace(/[^a-z0-9-]/g, '').slice(0, 64) || 'unknown',
    action,
    accessLevel: action ? await accessLevelOf(service, action) : 'unknown',
  };
}

function prefixOf(eventSource: string): string {
  const host = eventSource
    .toLowerCase()
    .replace(/\.amazonaws\.com(\.cn)?$/, '');
  const [label] = host.split('.');
  return PREFIXES.get(host) ?? PREFIXES.get(label) ?? label;
}

const namesByService = new Map<string, Map<string, string>>();

/**
 * Names of a service's actions, by their lower-case form. An event source is
 * foreign text: nothing is looked up for one that IAM does not know.
 */
async function actionNames(service: string): Promise<Map<string, string>> {
  let names = namesByService.get(service);
  if (!names) {
    if (!(await isService(service))) {
      return new Map();
    }
    const actions = await actionsOf(service);
    names = new Map(actions.map(name => [name.toLowerCase(), name]));
    namesByService.set(service, names);
  }
  return names;
}
