import { TrailRecord } from '../../trail/TrailRecord';

/** Attributes by which the history can be searched. */
export const LOOKUP_KEYS = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const;

/** One of them. */
export type LookupKey = (typeof LOOKUP_KEYS)[number];

type HistoryResource = { ResourceType: string; ResourceName: string };

type Json = Record<string, unknown>;

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The person or session that the history names: user name, or session name of an assumed role. */
export function usernameOf(record: TrailRecord): string | undefined {
  const identity = asObject(record.userIdentity);
  switch (identity.type) {
    case 'AssumedRole': {
      const arn = asText(identity.arn);
      return arn?.split('/')[2];
    }
    case 'Root':
      return 'root';
    default:
      return asText(identity.userName);
  }
}

/** Request and response fields that name a resource, and its type. */
const FIELDS: Record<string, string> = {
  accessKeyId: 'AWS::IAM::AccessKey',
  bucketName: 'AWS::S3::Bucket',
  instanceId: 'AWS::EC2::Instance',
  policyArn: 'AWS::IAM::Policy',
  roleArn: 'AWS::IAM::Role',
  roleName: 'AWS::IAM::Role',
  secretId: 'AWS::SecretsManager::Secret',
  snapshotId: 'AWS::EC2::Snapshot',
  userName: 'AWS::IAM::User',
};

function fieldsOf(value: unknown): HistoryResource[] {
  return Object.entries(asObject(value)).flatMap(([field, entry]) => {
    const name = Object.hasOwn(FIELDS, field) ? asText(entry) : undefined;
    return name ? [{ ResourceType: FIELDS[field], ResourceName: name }] : [];
  });
}

/** What AssumeRole made and used: its key, its session and its role, by ARN and by name. */
function sessionResources(record: TrailRecord): HistoryResource[] {
  const response = asObject(record.responseElements);
  const user = asObject(response.assumedRoleUser);
  const roleArn = asText(asObject(record.requestParameters).roleArn);
  const session = (name: unknown) => ({
    ResourceType: 'AWS::STS::AssumedRole',
    ResourceName: asText(name) ?? '',
  });
  return [
    ...fieldsOf(response.credentials),
    session(user.assumedRoleId),
    session(user.arn),
    {
      ResourceType: 'AWS::IAM::Role',
      ResourceName: roleArn?.slice(roleArn.lastIndexOf('/') + 1) ?? '',
    },
  ];
}

/** The resources that an event is about. */
export function resourcesOf(record: TrailRecord): HistoryResource[] {
  const response = asObject(record.responseElements);
  const listed = (record.resources ?? []).map(({ type, ARN }) => ({
    ResourceType: type,
    ResourceName: ARN,
  }));
  const all = [
    ...listed,
    ...fieldsOf(record.requestParameters),
    ...fieldsOf(response),
    ...Object.values(response).flatMap(fieldsOf),
    ...(record.eventName === 'AssumeRole' ? sessionResources(record) : []),
  ].filter(resource => resource.ResourceName);
  const unique = new Map(
    all.map(r => [`${r.ResourceType} ${r.ResourceName}`, r]),
  );
  return [...unique.values()];
}

/** The values of one attribute of an event; several for resources. */
export function attributeOf(record: TrailRecord, key: LookupKey): string[] {
  switch (key) {
    case 'ResourceName':
      return resourcesOf(record).map(resource => resource.ResourceName);
    case 'ResourceType':
      return resourcesOf(record).map(resource => resource.ResourceType);
    default: {
      const value = flatEvent(record)[key];
      return value === undefined ? [] : [value];
    }
  }
}

function flatEvent(record: TrailRecord) {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: asText(asObject(record.userIdentity).accessKeyId),
    EventSource: record.eventSource,
    Username: usernameOf(record),
  };
}

/** An event as `LookupEvents` gives it; `EventTime` in seconds, the record itself as JSON text. */
export function historyEvent(record: TrailRecord) {
  return {
    ...flatEvent(record),
    EventTime: Date.parse(record.eventTime) / 1000,
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}
