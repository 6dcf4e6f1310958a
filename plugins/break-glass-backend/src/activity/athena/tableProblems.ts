import { AthenaLogConfig } from '../../config/athenaConfig';
import { nameOf } from './failures';
import { SOURCE_IDENTITY } from './sql/columns';
import { TableShape } from './TableShape';
import { missingColumns, partitionNames } from './TableShapes';

/** What is wrong with a table, each with what mends it; a table is made again without a change to its files. */
export function tableProblems(
  log: AthenaLogConfig,
  shape: TableShape,
): string[] {
  const missing = missingColumns(log, shape);
  return [
    ...(missing.length
      ? [
          `The log ${nameOf(log)} lacks the columns ${missing.join(
            ', ',
          )}: ${again(log)}`,
        ]
      : []),
    ...sourceIdentityProblems(log, shape),
    ...partitionProblems(log, shape),
  ];
}

function sourceIdentityProblems(
  log: AthenaLogConfig,
  shape: TableShape,
): string[] {
  return shape.has(SOURCE_IDENTITY)
    ? []
    : [
        `The log ${nameOf(
          log,
        )} has no ${SOURCE_IDENTITY}, which AWS' own DDL leaves out, so that calls under roles assumed from a session are not found: add sourceidentity:STRING to sessioncontext, and ${again(
          log,
        )}`,
      ];
}

function partitionProblems(log: AthenaLogConfig, shape: TableShape): string[] {
  const { partitionColumns: columns, layout, accounts, regions } = log;
  const listed = (column: string, wanted: string[] = []) => {
    const values = layout === 'trail' ? shape.listed(column) : undefined;
    const absent = wanted.filter(value => values && !values.includes(value));
    return absent.length
      ? [alter(log, `projection.${column}.values`, [...values!, ...absent])]
      : [];
  };
  const noTexts = partitionNames(log).filter(
    name => !/^(?:string|varchar)/.test(shape.partitions.get(name) ?? 'string'),
  );
  return [
    ...noTexts.map(
      name =>
        `The partition column ${name} of the log ${nameOf(
          log,
        )} is no STRING: ${again(log)}`,
    ),
    ...(shape.property('projection.enabled')?.toLowerCase() === 'true'
      ? [
          ...listed(columns.account, accounts),
          ...listed(columns.region, regions),
          ...dayProblems(log, shape),
        ]
      : [
          `The log ${nameOf(
            log,
          )} has no partition projection, so that new days are not found: ${again(
            log,
          )}`,
        ]),
  ];
}

/** Days that are written otherwise, or end in the past, are silently not found. */
function dayProblems(log: AthenaLogConfig, shape: TableShape): string[] {
  const { day } = log.partitionColumns;
  if (!('column' in day)) {
    return [];
  }
  const key = `projection.${day.column}`;
  const type = shape.property(`${key}.type`)?.toLowerCase();
  if (type !== 'date') {
    return type === 'injected'
      ? [
          `The partition column ${day.column} of the log ${nameOf(
            log,
          )} is injected, and has to be a date: ${again(log)}`,
        ]
      : [];
  }
  const range = shape.property(`${key}.range`) ?? '';
  return [
    ...(shape.property(`${key}.format`) === day.format
      ? []
      : [alter(log, `${key}.format`, [day.format])]),
    ...(/,\s*NOW/i.test(range)
      ? []
      : [alter(log, `${key}.range`, [range.split(',')[0], 'NOW'])]),
  ];
}

function alter(log: AthenaLogConfig, key: string, values: string[]): string {
  const table = `${log.database}.${log.table}`;
  return `The log ${nameOf(
    log,
  )} would silently leave records out: run ALTER TABLE ${table} SET TBLPROPERTIES ('${key}' = '${values.join(
    ',',
  )}').`;
}

function again(log: AthenaLogConfig): string {
  return `run DROP TABLE ${log.database}.${log.table}, which leaves the files, and make it again with the DDL of layout ${log.layout} in docs/aws-side.md.`;
}
