import { Call } from '../Call';
import { Effects, orElse, pairs } from '../effect';
import { qualifierOf } from '../functionQualifier';

/** Rights on single resources, given one by one. */
export const grants: Effects = pairs([
  {
    kind: 'grant',
    type: 'function',
    below: ['permission'],
    makes: ['lambda:AddPermission'],
    removes: ['lambda:RemovePermission'],
    by: ['functionName', 'statementId', qualifierOf],
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
    by: [orElse('eventBusName', 'default'), 'statementId'],
    what: ([, id]) => `Permission ${id} on an event bus`,
  },
  {
    kind: 'grant',
    type: 'lake-formation',
    makes: ['lakeformation:GrantPermissions'],
    removes: ['lakeformation:RevokePermissions'],
    by: [
      'dataLakePrincipalIdentifier',
      json('resource'),
      json('permissions'),
      json('permissionsWithGrantOption'),
    ],
    what: ([principal], call) =>
      call.asked('resource') === undefined
        ? `Lake Formation rights of ${principal}`
        : `Lake Formation rights of ${principal} on ${json('resource')(call)}`,
  },
  {
    kind: 'share',
    type: 'resource-share',
    makes: ['ram:CreateResourceShare'],
    removes: ['ram:DeleteResourceShare'],
    by: ['resourceShareArn'],
    what: ([share]) => `Resource share ${share}`,
  },
  {
    kind: 'share',
    type: 'resource-share',
    makes: ['ram:AssociateResourceShare'],
    removes: ['ram:DisassociateResourceShare'],
    by: ['resourceShareArn', json('principals'), json('resourceArns')],
    what: ([share]) => `More in resource share ${share}`,
  },
  {
    kind: 'share',
    type: 'data-share',
    makes: ['redshift:AuthorizeDataShare'],
    removes: ['redshift:DeauthorizeDataShare'],
    by: ['dataShareArn', 'consumerIdentifier'],
    what: ([share, consumer]) => `Data share ${share} for ${consumer}`,
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

/** A whole parameter as a name: only what takes back exactly the same takes it back. */
function json(parameter: string): (call: Call) => string {
  return call => JSON.stringify(call.asked(parameter) ?? null);
}
