import { CloudTrailRecord, member, text } from './cloudTrailRecord';
import { line } from './line';

/** Resources that one event names at most. */
const MOST = 20;
/** Characters of one resource at most. */
const LONGEST = 1_024;

/** Request parameters that name a resource where the record lists none, in order of preference. */
const NAMING = [
  'secretId',
  'roleArn',
  'roleName',
  'userName',
  'groupName',
  'policyArn',
  'instanceProfileName',
  'functionName',
  'keyId',
  'aliasName',
  'instanceId',
  'snapshotId',
  'imageId',
  'volumeId',
  'groupId',
  'vpcId',
  'dBInstanceIdentifier',
  'dBSnapshotIdentifier',
  'tableName',
  'streamName',
  'topicArn',
  'queueUrl',
  'stackName',
  'clusterName',
  'cluster',
  'logGroupName',
  'trailName',
  'repositoryName',
  'hostedZoneId',
  'detectorId',
  'alarmNames',
  'target',
  'name',
];

/** What an event was done to: ARNs where CloudTrail has them, else the names in the request. */
export function resourcesOf(record: CloudTrailRecord): string[] {
  const listed = arnsOf(record);
  const found = listed.length ? listed : named(record);
  return [...new Set(found)].slice(0, MOST).map(each => line(each, LONGEST));
}

function arnsOf(record: CloudTrailRecord): string[] {
  const resources = member(record, 'resources');
  return Array.isArray(resources)
    ? resources.flatMap(each => text(each, 'ARN') ?? text(each, 'arn') ?? [])
    : [];
}

function named(record: CloudTrailRecord): string[] {
  const parameters = member(record, 'requestParameters');
  const bucket = text(parameters, 'bucketName');
  if (bucket) {
    const key = text(parameters, 'key');
    return [
      `arn:${partitionOf(record)}:s3:::${key ? `${bucket}/${key}` : bucket}`,
    ];
  }
  const names = NAMING.flatMap(name => {
    const value = member(parameters, name);
    return Array.isArray(value) ? value : [value];
  });
  return [...names, ...instancesOf(record)].filter(
    (each): each is string => typeof each === 'string' && each.length > 0,
  );
}

/** EC2 writes `instancesSet.items[].instanceId`. */
function instancesOf(record: CloudTrailRecord): unknown[] {
  const items =
    member(record, 'requestParameters', 'instancesSet', 'items') ??
    member(record, 'responseElements', 'instancesSet', 'items');
  return Array.isArray(items)
    ? items.map(item => text(item, 'instanceId'))
    : [];
}

function partitionOf(record: CloudTrailRecord): string {
  const arn = text(record, 'userIdentity', 'arn') ?? '';
  return /^arn:([a-z-]+):/.exec(arn)?.[1] ?? 'aws';
}
