import { Column } from '@aws-sdk/client-athena';
import { tableProblems } from './tableProblems';
import { TableShape } from './TableShape';
import { aLog } from './testing/aLog';

const projection = {
  'projection.enabled': 'true',
  'projection.timestamp.type': 'date',
  'projection.timestamp.format': 'yyyy/MM/dd',
  'projection.timestamp.range': '2020/01/01,NOW',
};

const COLUMNS: Column[] = [
  {
    Name: 'useridentity',
    Type: 'struct<type:string,arn:string,accountid:string,username:string,sessioncontext:struct<attributes:struct<creationdate:string>,sessionissuer:struct<arn:string>,sourceidentity:string>>',
  },
  ...[
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
  ].map(Name => ({ Name, Type: 'string' })),
];

const problemsWith = (
  properties: Record<string, string>,
  type = 'string',
): string[] =>
  tableProblems(
    aLog(),
    new TableShape({
      Name: 'trail',
      Columns: COLUMNS,
      PartitionKeys: ['account', 'region', 'timestamp'].map(Name => ({
        Name,
        Type: type,
      })),
      Parameters: properties,
    }),
  );

it('is content with days up to now, in the format that is configured', () => {
  expect(problemsWith(projection)).toEqual([]);
});

it.each([
  [
    { 'projection.timestamp.format': 'yyyy-MM-dd' },
    "would silently leave records out: run ALTER TABLE cloudtrail.trail SET TBLPROPERTIES ('projection.timestamp.format' = 'yyyy/MM/dd').",
  ],
  [
    { 'projection.timestamp.range': '2020/01/01,2024/12/31' },
    "SET TBLPROPERTIES ('projection.timestamp.range' = '2020/01/01,NOW').",
  ],
  [{ 'projection.timestamp.type': 'injected' }, 'has to be a date'],
  [{ 'projection.enabled': 'false' }, 'has no partition projection'],
])('says how to mend %j', (change, words) => {
  const problems = problemsWith({ ...projection, ...change });
  expect(problems).toEqual([expect.stringContaining(words)]);
});

it('wants texts as partition columns', () => {
  expect(problemsWith(projection, 'bigint')[0]).toContain(
    'The partition column account of the log',
  );
});
