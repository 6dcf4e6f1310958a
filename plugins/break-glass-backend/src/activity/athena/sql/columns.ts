/** How the text of a column becomes a value of a record. */
export type ColumnKind = 'text' | 'boolean' | 'json' | 'resources';

/** A column, or a field of a struct in one, and its place in a CloudTrail record. */
export interface RecordColumn {
  /** Members of the record from the outside in. The table's names are the same in lower case. */
  path: readonly string[];
  kind: ColumnKind;
  /** CloudTrail writes these members always, as null where there is nothing. */
  nullable?: boolean;
}

const texts = (parent: readonly string[], ...names: string[]): RecordColumn[] =>
  names.map(name => ({ path: [...parent, name], kind: 'text' }));
const json = (name: string, nullable = false): RecordColumn => ({
  path: [name],
  kind: 'json',
  nullable,
});

const IDENTITY = ['userIdentity'];
const CONTEXT = [...IDENTITY, 'sessionContext'];

/** Everything of a record that is read, in the order of AWS' own table for CloudTrail. */
export const RECORD_COLUMNS: readonly RecordColumn[] = [
  ...texts([], 'eventVersion'),
  ...texts(
    IDENTITY,
    'type',
    'principalId',
    'arn',
    'accountId',
    'invokedBy',
    'accessKeyId',
    'userName',
    'identityProvider',
  ),
  ...texts([...IDENTITY, 'onBehalfOf'], 'userId', 'identityStoreArn'),
  ...texts([...CONTEXT, 'attributes'], 'mfaAuthenticated', 'creationDate'),
  ...texts(
    [...CONTEXT, 'sessionIssuer'],
    'type',
    'principalId',
    'arn',
    'accountId',
    'userName',
  ),
  ...texts(CONTEXT, 'ec2RoleDelivery', 'sourceIdentity'),
  ...texts([...CONTEXT, 'webIdFederationData'], 'federatedProvider'),
  ...texts(
    [],
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'sourceIPAddress',
    'userAgent',
    'errorCode',
    'errorMessage',
  ),
  json('requestParameters', true),
  json('responseElements', true),
  json('additionalEventData'),
  ...texts([], 'requestID', 'eventID'),
  { path: ['readOnly'], kind: 'boolean' },
  { path: ['managementEvent'], kind: 'boolean' },
  { path: ['resources'], kind: 'resources' },
  ...texts([], 'eventType', 'apiVersion', 'recipientAccountId'),
  json('serviceEventDetails'),
  ...texts(
    [],
    'sharedEventID',
    'vpcEndpointId',
    'vpcEndpointAccountId',
    'eventCategory',
    'sessionCredentialFromConsole',
  ),
  ...texts(
    ['addendum'],
    'reason',
    'updatedFields',
    'originalRequestID',
    'originalEventID',
  ),
  ...texts(
    ['tlsDetails'],
    'tlsVersion',
    'cipherSuite',
    'clientProvidedHostHeader',
  ),
];

/** Name in the table, such as `useridentity.arn`. */
export const tableNameOf = (column: Pick<RecordColumn, 'path'>): string =>
  column.path.join('.').toLowerCase();

/** SQL of a column or field by its name in the table; the name is ours or from the configuration's pattern. */
export const expressionOf = (name: string): string =>
  name
    .split('.')
    .map(part => `"${part}"`)
    .join('.');

/** Chained calls are found by it; AWS' own DDL leaves it out. */
export const SOURCE_IDENTITY = 'useridentity.sessioncontext.sourceidentity';
/** Says whether an event is a data event. */
export const CATEGORY = 'eventcategory';

/** Without one of these nothing can be attributed. */
export const NEEDED_COLUMNS: readonly string[] = [
  'useridentity.type',
  'useridentity.arn',
  'useridentity.accountid',
  'useridentity.username',
  'useridentity.sessioncontext.attributes.creationdate',
  'useridentity.sessioncontext.sessionissuer.arn',
  'eventtime',
  'eventsource',
  'eventname',
  'awsregion',
  'errorcode',
  'requestparameters',
  'responseelements',
  'additionaleventdata',
  'eventid',
  'readonly',
  'recipientaccountid',
];
