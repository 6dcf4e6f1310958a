import { ActivityQuery, UseQuery } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../../config/athenaConfig';
import { inputError } from '../../../errors';
import { secondOf } from '../days';
import {
  CATEGORY,
  expressionOf,
  RecordColumn,
  SOURCE_IDENTITY,
  tableNameOf,
} from './columns';
import { allOf, anyOf, bound, Condition, fixed, isOneOf } from './condition';
import { parameterOf } from './parameters';
import { Extent, partitionCondition } from './partitionCondition';

/** A query as Athena takes it. */
export interface Statement {
  sql: string;
  /** One SQL literal for each `?`, in order. */
  parameters: string[];
}

/** What of a table statements may name. */
export interface TableColumns {
  /** The columns of a record that the table has. */
  columns: readonly RecordColumn[];
  has(name: string): boolean;
}

/** Longest text of a query, in bytes. */
const LONGEST_SQL = 262_144;

const ARN = expressionOf('useridentity.arn');
const ROLE = member('requestparameters', 'roleArn');
const NAME = member('requestparameters', 'roleSessionName');
/** The calls that give out a session of a role. */
const ASSUMING = `"eventname" IN ('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity')`;
const ISSUED_KEY = member('responseelements', 'credentials.accessKeyId');

/** SQL of a text in a column that holds JSON; NULL where it is no JSON. */
function member(column: string, path: string): string {
  return `json_extract_scalar(${expressionOf(column)}, '$.${path}')`;
}

/** An empty text names nothing, and Athena does not take one. */
const filled = (values: readonly string[]) =>
  values.filter(value => value !== '');

/** Everything that may belong to the sessions of a lease, by whole values, never by parts of them (pitfall 17). */
export function activityStatement(
  log: AthenaLogConfig,
  table: TableColumns,
  query: ActivityQuery,
): Statement {
  const { sessionName, roleArn, accessKeyIds } = query;
  const assumed = anyOf([
    allOf([bound(`${ROLE} = ?`, roleArn), bound(`${NAME} = ?`, sessionName)]),
    isOneOf(ISSUED_KEY, filled(accessKeyIds)),
  ]);
  const candidates = anyOf([
    bound(`split_part(${ARN}, '/', 3) = ?`, sessionName),
    ...(table.has(SOURCE_IDENTITY)
      ? [bound(`${expressionOf(SOURCE_IDENTITY)} = ?`, sessionName)]
      : []),
    allOf([fixed(ASSUMING), assumed]),
  ]);
  const extent = { ...query, accountIds: [query.accountId] };
  return recordsStatement(log, table, extent, candidates);
}

/**
 * Every use of some roles and users. Of sign-ins, which are few and name whom they
 * are about in several ways, all: `isUse` picks.
 */
export function useStatement(
  log: AthenaLogConfig,
  table: TableColumns,
  query: UseQuery,
): Statement {
  const candidates = anyOf([
    fixed(`"eventname" IN ('ConsoleLogin', 'SwitchRole')`),
    allOf([
      fixed(
        `"eventname" IN ('AssumeRole', 'GetSessionToken', 'GetFederationToken')`,
      ),
      isOneOf(ARN, filled(query.userArns)),
    ]),
    allOf([fixed(ASSUMING), isOneOf(ROLE, filled(query.roleArns))]),
  ]);
  return recordsStatement(log, table, query, candidates);
}

/** What was delivered in these partitions: for each region how many data events, and when the last event was. */
export function coverageStatement(
  log: AthenaLogConfig,
  table: TableColumns,
  extent: Extent,
): Statement {
  const dataEvents = table.has(CATEGORY)
    ? `count(*) FILTER (WHERE "${CATEGORY}" = 'Data')`
    : 'CAST(NULL AS bigint)';
  return statement(
    `SELECT "awsregion" AS region, ${dataEvents} AS data_events, max("eventtime") AS latest`,
    log,
    partitionCondition(log, extent),
    ' GROUP BY "awsregion"',
  );
}

function recordsStatement(
  log: AthenaLogConfig,
  table: TableColumns,
  extent: Extent,
  candidates: Condition,
): Statement {
  const selected = table.columns.map((column, index) => {
    const expression = expressionOf(tableNameOf(column));
    return column.kind === 'resources'
      ? `CAST(${expression} AS JSON) AS c${index}`
      : `${expression} AS c${index}`;
  });
  const { from, to } = extent;
  return statement(
    `SELECT ${selected.join(', ')}`,
    log,
    allOf([
      partitionCondition(log, extent),
      bound('"eventtime" >= ?', secondOf(from)),
      bound('"eventtime" < ?', secondOf(to)),
      candidates,
    ]),
  );
}

/** @throws InputError `invalid-input` where it is more than Athena takes */
function statement(
  select: string,
  log: AthenaLogConfig,
  { sql: where, values }: Condition,
  rest = '',
): Statement {
  const table = `${expressionOf(log.database)}.${expressionOf(log.table)}`;
  const sql = `${select} FROM ${table} WHERE ${where}${rest}`;
  if (Buffer.byteLength(sql) > LONGEST_SQL) {
    throw inputError(
      'invalid-input',
      `The query for ${values.length} values is longer than Athena takes. Ask for fewer roles, users or accounts at once.`,
    );
  }
  return { sql, parameters: values.map(parameterOf) };
}
