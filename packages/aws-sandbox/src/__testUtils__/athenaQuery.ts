import { randomUUID } from 'node:crypto';
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  QueryExecution,
  StartQueryExecutionCommand,
  StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { Keys, TestSandbox } from './sandbox';

/** A text as an SQL literal, as execution parameters need it. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Starts a query in the demo's workgroup and database and gives its id. */
export async function startQuery(
  aws: TestSandbox,
  QueryString: string,
  parameters: string[] = [],
  more: Partial<StartQueryExecutionCommandInput> = {},
  keys?: Keys,
): Promise<string> {
  const { QueryExecutionId } = await aws.athena(keys).send(
    new StartQueryExecutionCommand({
      QueryString,
      ...(parameters.length && { ExecutionParameters: parameters }),
      WorkGroup: 'break-glass',
      QueryExecutionContext: {
        Catalog: 'AwsDataCatalog',
        Database: 'cloudtrail',
      },
      ClientRequestToken: randomUUID(),
      ...more,
    }),
  );
  return QueryExecutionId!;
}

/** What Athena says about a query. */
export async function describeQuery(
  aws: TestSandbox,
  QueryExecutionId: string,
): Promise<QueryExecution> {
  const { QueryExecution: found } = await aws
    .athena()
    .send(new GetQueryExecutionCommand({ QueryExecutionId }));
  return found!;
}

/** Runs a query to its end: its state, reason, bytes, and all its rows without the header. */
export async function runQuery(
  aws: TestSandbox,
  sql: string,
  parameters: string[] = [],
  more: Partial<StartQueryExecutionCommandInput> = {},
) {
  const id = await startQuery(aws, sql, parameters, more);
  let found = await describeQuery(aws, id);
  while (found.Status!.State === 'RUNNING')
    found = await describeQuery(aws, id);
  const { Status, Statistics } = found;
  const end = {
    id,
    state: Status!.State,
    reason: Status!.StateChangeReason,
    scanned: Statistics!.DataScannedInBytes,
  };
  if (Status!.State !== 'SUCCEEDED') return { ...end, header: [], rows: [] };
  const { ResultSet } = await aws
    .athena()
    .send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  const [header, ...rows] = ResultSet!.Rows!.map(row =>
    row.Data!.map(datum => datum.VarCharValue),
  );
  return { ...end, header, rows };
}
