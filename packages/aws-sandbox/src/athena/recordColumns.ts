/** The type of a column in Hive's words, with the names that the JSON has. */
export type HiveType =
  | 'string'
  | 'map<string,string>'
  | { struct: HiveField[] }
  | { array: HiveType };

/** A column or a field of a struct. Its name is the JSON's in lower case. */
export interface HiveField {
  /** As in the record, for example `eventName`. */
  key: string;
  type: HiveType;
}

const texts = (...keys: string[]): HiveField[] =>
  keys.map(key => ({ key, type: 'string' }));
const struct = (key: string, ...fields: HiveField[]): HiveField => ({
  key,
  type: { struct: fields },
});

const SESSION_CONTEXT = struct(
  'sessionContext',
  struct('attributes', ...texts('mfaAuthenticated', 'creationDate')),
  struct(
    'sessionIssuer',
    ...texts('type', 'principalId', 'arn', 'accountId', 'userName'),
  ),
  ...texts('ec2RoleDelivery'),
  struct('webIdFederationData', ...texts('federatedProvider'), {
    key: 'attributes',
    type: 'map<string,string>',
  }),
  ...texts('sourceIdentity'),
);

const USER_IDENTITY = struct(
  'userIdentity',
  ...texts(
    'type',
    'principalId',
    'arn',
    'accountId',
    'invokedBy',
    'accessKeyId',
    'userName',
  ),
  struct('onBehalfOf', ...texts('userId', 'identityStoreArn')),
  SESSION_CONTEXT,
);

/**
 * The columns of CloudTrail's table for Athena, in the order of AWS's DDL
 * (docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html), with `sourceidentity` added.
 */
export const RECORD_COLUMNS: readonly HiveField[] = [
  ...texts('eventVersion'),
  USER_IDENTITY,
  ...texts(
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'sourceIPAddress',
    'userAgent',
    'errorCode',
    'errorMessage',
    'requestParameters',
    'responseElements',
    'additionalEventData',
    'requestID',
    'eventID',
    'readOnly',
  ),
  {
    key: 'resources',
    type: { array: { struct: texts('ARN', 'accountId', 'type') } },
  },
  ...texts(
    'eventType',
    'apiVersion',
    'recipientAccountId',
    'serviceEventDetails',
    'sharedEventID',
    'vpcEndpointId',
    'vpcEndpointAccountId',
    'eventCategory',
  ),
  struct(
    'addendum',
    ...texts('reason', 'updatedFields', 'originalRequestID', 'originalEventID'),
  ),
  ...texts('sessionCredentialFromConsole', 'edgeDeviceDetails'),
  struct(
    'tlsDetails',
    ...texts('tlsVersion', 'cipherSuite', 'clientProvidedHostHeader'),
  ),
];

/** A type as Hive writes it: `struct<type:string,…>`. */
export function hiveType(type: HiveType): string {
  if (typeof type === 'string') return type;
  if ('array' in type) return `array<${hiveType(type.array)}>`;
  const fields = type.struct.map(
    field => `${field.key.toLowerCase()}:${hiveType(field.type)}`,
  );
  return `struct<${fields.join(',')}>`;
}

/** The same columns without one field, wherever it is nested. */
export function withoutField(
  fields: readonly HiveField[],
  name: string,
): HiveField[] {
  return fields
    .filter(field => field.key.toLowerCase() !== name)
    .map(field =>
      typeof field.type === 'object' && 'struct' in field.type
        ? {
            ...field,
            type: { struct: withoutField(field.type.struct, name) },
          }
        : field,
    );
}

/** Names of the columns and fields that are structs or arrays. */
export function nestedNames(fields: readonly HiveField[]): string[] {
  return fields.flatMap(({ key, type }) => {
    if (typeof type === 'string') return [];
    return [
      key.toLowerCase(),
      ...('struct' in type ? nestedNames(type.struct) : []),
    ];
  });
}
