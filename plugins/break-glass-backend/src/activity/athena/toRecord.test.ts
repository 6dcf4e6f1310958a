import {
  aCloudTrailRecord,
  anAssumeRoleRecord,
} from 'backstage-plugin-break-glass-node/testUtils';
import { RecordColumn, RECORD_COLUMNS, tableNameOf } from './sql/columns';
import { toRecord } from './toRecord';

const at = Date.parse('2026-10-01T11:00:00Z');

/** What a table holds of a record in a column: a text, or JSON as a text. */
function cell(record: object, { path }: RecordColumn): string | undefined {
  let value: any = record;
  path.forEach(name => {
    value = value?.[name];
  });
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const lower = (resources: any[]) =>
  JSON.stringify(
    resources.map(each =>
      Object.fromEntries(
        ['ARN', 'accountId', 'type'].map(name => [
          name.toLowerCase(),
          each[name] ?? null,
        ]),
      ),
    ),
  );

function thereAndBack(record: any): unknown {
  return toRecord(
    RECORD_COLUMNS,
    RECORD_COLUMNS.map(column =>
      column.kind === 'resources' && record.resources
        ? lower(record.resources)
        : cell(record, column),
    ),
  );
}

/** One column alone. */
function valueOf(name: string, text: string | undefined): unknown {
  const column = RECORD_COLUMNS.find(each => tableNameOf(each) === name)!;
  return toRecord([column], [text]);
}

it('gives a row the shape that the record has in a trail’s file', () => {
  for (const record of [
    aCloudTrailRecord({ at, sourceIdentity: 'bob@x' }),
    anAssumeRoleRecord({ at }),
    aCloudTrailRecord({ at, change: { requestParameters: null } }),
  ]) {
    expect(thereAndBack(record)).toEqual(record);
  }
});

it('says management or data where the table does not, as CloudTrail does', () => {
  const data = { ...aCloudTrailRecord({ at }), managementEvent: undefined };
  expect(thereAndBack({ ...data, eventCategory: 'Data' })).toMatchObject({
    managementEvent: false,
  });
  expect(
    thereAndBack({ ...data, eventType: 'AwsVpceEvent' }),
  ).not.toHaveProperty('managementEvent');
  expect(
    thereAndBack({ ...data, eventCategory: undefined }),
  ).not.toHaveProperty('managementEvent');
});

it('keeps a text that is no JSON, and an empty one', () => {
  expect(valueOf('requestparameters', '{"cut')).toEqual({
    requestParameters: '{"cut',
  });
  expect(valueOf('useridentity.accesskeyid', '')).toEqual({
    userIdentity: { accessKeyId: '' },
  });
});

it('reads resources of engines that write structs as lists', () => {
  expect(valueOf('resources', '[["arn:x",null,"AWS::S3::Bucket"]]')).toEqual({
    resources: [{ ARN: 'arn:x', type: 'AWS::S3::Bucket' }],
  });
  expect(valueOf('resources', 'no list')).toEqual({ resources: 'no list' });
});

it('takes a member named __proto__ as data', () => {
  const record = valueOf('requestparameters', '{"__proto__":{"a":1}}') as any;
  expect(Object.keys(record.requestParameters)).toEqual(['__proto__']);
  expect(({} as any).a).toBeUndefined();
});
