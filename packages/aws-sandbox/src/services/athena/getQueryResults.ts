import { AwsError } from '../../AwsError';
import { QueryOutcome } from '../../athena/QueryEngine';
import { QueryExecution } from '../../athena/QueryExecutions';
import { Call, Demand, Operation, Result } from '../Operation';
import { invalidRequest, textOf } from './athenaInput';
import { findExecution, onExecution, takeTurn } from './queryExecution';

const MAX_PAGE = 1_000;

type Row = { Data: { VarCharValue?: string }[] };

function toRow(values: (string | undefined)[]): Row {
  return {
    Data: values.map(value =>
      value === undefined ? {} : { VarCharValue: value },
    ),
  };
}

function columnInfo({ columns }: QueryOutcome) {
  return columns.map(({ name, type }) => ({
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: type,
    Precision: type === 'varchar' ? 2_147_483_647 : 0,
    Scale: 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: type === 'varchar',
  }));
}

function pageSize(call: Call): number {
  const size = call.input.MaxResults ?? MAX_PAGE;
  const whole = typeof size === 'number' && Number.isInteger(size);
  if (!whole || size < 1 || size > MAX_PAGE) {
    throw invalidRequest(`MaxResults must be from 1 to ${MAX_PAGE}`);
  }
  return size;
}

function toToken(execution: QueryExecution, from: number): string {
  return Buffer.from(`${execution.id} ${from}`).toString('base64');
}

/** Where a page begins: the header is row 0. */
function firstRow(call: Call, execution: QueryExecution): number {
  const token = textOf(call.input, 'NextToken');
  if (token === undefined) return 0;
  const [id, from] = Buffer.from(token, 'base64').toString('utf8').split(' ');
  const row = /^\d{1,9}$/.test(from ?? '') ? Number(from) : 0;
  if (id !== execution.id || row < 1) {
    throw invalidRequest('Invalid NextToken');
  }
  return row;
}

async function finished(
  call: Call,
  execution: QueryExecution,
): Promise<QueryOutcome> {
  const state = await execution.state(call.now);
  if (state === 'QUEUED' || state === 'RUNNING') {
    throw invalidRequest(`Query has not yet finished. Current state: ${state}`);
  }
  if (!execution.outcome) {
    throw invalidRequest(
      `Query did not finish successfully. Final query state: ${state}`,
    );
  }
  return execution.outcome;
}

/** The results lie in a bucket that the caller must be allowed to read. */
function onResults(call: Call): Demand[] {
  const { caller, region, facilities } = call;
  const id = String(call.input.QueryExecutionId);
  const found = facilities.athena.executions.find(id, caller.accountId, region);
  const place = found?.request.outputLocation.slice('s3://'.length);
  return place
    ? [
        {
          action: 's3:GetObject',
          resource: `arn:${caller.partition}:s3:::${place}${id}.csv`,
        },
      ]
    : [];
}

/** `athena:GetQueryResults`: pages of at most 1,000 rows; the first row of the first page is the header. */
export const getQueryResults: Operation = {
  readOnly: true,
  demands: call => [onExecution(call, 'GetQueryResults'), ...onResults(call)],
  run: async (call): Promise<Result> => {
    takeTurn(call, 'GetQueryResults');
    const execution = findExecution(call);
    const size = pageSize(call);
    const outcome = await finished(call, execution);
    const from = firstRow(call, execution);
    const header = outcome.columns.map(({ name }) => name);
    const total = outcome.rows.length + 1;
    if (from >= total)
      throw new AwsError('InvalidRequestException', 'Invalid NextToken');
    const to = Math.min(total, from + size);
    const rows = outcome.rows.slice(Math.max(0, from - 1), to - 1);
    return {
      output: {
        UpdateCount: 0,
        ResultSet: {
          Rows: [...(from === 0 ? [header] : []), ...rows].map(toRow),
          ResultSetMetadata: { ColumnInfo: columnInfo(outcome) },
        },
        ...(to < total && { NextToken: toToken(execution, to) }),
      },
    };
  },
  requestParameters: call => ({
    queryExecutionId: String(call.input.QueryExecutionId),
  }),
};
