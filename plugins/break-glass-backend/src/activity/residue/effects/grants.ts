import { Effects, pairs } from '../effect';

/** Rights on single resources, given one by one. */
export const grants: Effects = pairs([
  {
    kind: 'grant',
    type: 'function',
    below: ['permission'],
    makes: ['lambda:AddPermission'],
    removes: ['lambda:RemovePermission'],
    by: ['functionName', 'statementId'],
    what: ([name], call) =>
      `Right of ${call.text('principal') ?? 'somebody'} on function ${name}`,
  },
  {
    kind: 'grant',
    type: 'layer-permission',
    makes: ['lambda:AddLayerVersionPermission'],
    removes: ['lambda:RemoveLayerVersionPermission'],
    by: ['layerName', 'versionNumber', 'statementId'],
    what: ([layer], call) =>
      `Right of ${call.text('principal') ?? 'somebody'} on layer ${layer}`,
  },
  {
    kind: 'grant',
    type: 'queue-permission',
    makes: ['sqs:AddPermission'],
    removes: ['sqs:RemovePermission'],
    by: ['queueUrl', 'label'],
    what: ([queue, label]) => `Permission ${label} on queue ${queue}`,
  },
  {
    kind: 'grant',
    type: 'topic-permission',
    makes: ['sns:AddPermission'],
    removes: ['sns:RemovePermission'],
    by: ['topicArn', 'label'],
    what: ([topic, label]) => `Permission ${label} on topic ${topic}`,
  },
  {
    kind: 'grant',
    type: 'event-bus-permission',
    makes: ['events:PutPermission'],
    removes: ['events:RemovePermission'],
    by: ['statementId'],
    what: ([id]) => `Permission ${id} on an event bus`,
  },
  {
    kind: 'grant',
    type: 'lake-formation',
    makes: ['lakeformation:GrantPermissions'],
    removes: ['lakeformation:RevokePermissions'],
    by: ['dataLakePrincipalIdentifier'],
    what: ([principal]) => `Lake Formation rights of ${principal}`,
  },
  {
    kind: 'share',
    type: 'resource-share',
    makes: ['ram:CreateResourceShare', 'ram:AssociateResourceShare'],
    removes: ['ram:DeleteResourceShare', 'ram:DisassociateResourceShare'],
    by: ['resourceShareArn'],
    what: ([share]) => `Resource share ${share}`,
  },
  {
    kind: 'share',
    type: 'replication',
    makes: ['s3:PutBucketReplication'],
    removes: ['s3:DeleteBucketReplication', 's3:DeleteBucket'],
    by: ['bucketName'],
    what: ([bucket]) => `Replication of bucket ${bucket}`,
  },
  {
    kind: 'share',
    type: 'stored-image',
    makes: ['ec2:CreateStoreImageTask'],
    by: ['objectKey'],
    what: ([object]) => `Image stored in a bucket as ${object}`,
  },
]);
