import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { hiveFields } from './hiveFields';
import { RECORD_COLUMNS, tableNameOf } from './sql/columns';
import { tableProblems } from './tableProblems';
import { TableShape } from './TableShape';
import { aLog } from './testing/aLog';

const document = readFileSync(
  join(resolve(__dirname, '../../../../..'), 'docs/aws-side.md'),
  'utf8',
);

/** Columns that are written `name TYPE`, as a struct of Hive. */
const structOf = (columns: string) =>
  `struct<${columns.replace(/(\w+)`? (?=STRING|STRUCT|ARRAY|MAP)/g, '$1:')}>`;

/** The table that a DDL of the document makes. */
function documented(name: string) {
  const [, ddl] = new RegExp(
    `(CREATE EXTERNAL TABLE cloudtrail\\.${name} [\\s\\S]*?)\`\`\``,
  ).exec(document)!;
  const [, columns] = /\(\n([\s\S]*?)\n\)\nPARTITIONED/.exec(ddl)!;
  const [, partitions] = /PARTITIONED BY \(([^)]*)\)/.exec(ddl)!;
  const properties = ddl.slice(ddl.indexOf('TBLPROPERTIES'));
  return {
    columns,
    partitions: hiveFields(structOf(partitions.replaceAll('`', ''))),
    properties: Object.fromEntries(
      [...properties.matchAll(/'([^']+)' = '([^']*)'/g)].map(
        ([, key, value]) => [key, value],
      ),
    ),
  };
}

const trail = documented('trail');
const stream = documented('stream');

/** Both tables have the columns of the first. */
const shapeOf = ({ partitions, properties }: typeof trail) =>
  new TableShape({
    Name: 'documented',
    Columns: hiveFields(structOf(trail.columns)).map(Name => ({ Name })),
    PartitionKeys: partitions.map(Name => ({ Name, Type: 'string' })),
    Parameters: properties,
  });

describe('the tables of docs/aws-side.md', () => {
  it('have everything that the probe wants, as they stand', () => {
    const accounts = ['111122223333', '222233334444'];
    expect(tableProblems(aLog({ accounts }), shapeOf(trail))).toEqual([]);
    const log = aLog({ layout: 'firehose', table: 'stream' });
    expect(tableProblems(log, shapeOf(stream))).toEqual([]);
  });

  it('have every column that is read, but the two that AWS’ own table does not have', () => {
    const shape = shapeOf(trail);
    const absent = RECORD_COLUMNS.map(tableNameOf).filter(
      name => !shape.has(name),
    );
    expect(absent).toEqual([
      'useridentity.identityprovider',
      'managementevent',
    ]);
  });
});
