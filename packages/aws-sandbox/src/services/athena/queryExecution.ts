import { AwsError } from '../../AwsError';
import { QueryExecution, QueryState } from '../../athena/QueryExecutions';
import { Call, Demand, Operation, Result } from '../Operation';
import { invalidRequest, neededText, onWorkGroup } from './athenaInput';

const idOf = (call: Call) =>
  neededText(call.input, 'QueryExecutionId', { min: 1, max: 128 });

/** @throws AwsError where the account has no such query in this region */
export function findExecution(call: Call): QueryExecution {
  const { caller, region, facilities } = call;
  const id = idOf(call);
  const found = facilities.athena.executions.find(id, caller.accountId, region);
  if (!found) throw invalidRequest(`QueryExecution ${id} was not found`);
  return found;
}

/** What must be allowed to ask about a query: its workgroup decides. */
export function onExecution(call: Call, action: string): Demand {
  const { caller, region, facilities } = call;
  const { executions } = facilities.athena;
  const found = executions.find(idOf(call), caller.accountId, region);
  return onWorkGroup(call, action, found?.request.workGroup ?? 'primary');
}

/** Counts a question about a query. @throws AwsError `ThrottlingException` */
export function takeTurn(call: Call, action: string): void {
  const { caller, region, facilities, now } = call;
  const { get } = facilities.athena.quotas;
  const name = `${action} ${caller.accountId} ${region}`;
  const rate = { perSecond: get, burst: get };
  if (!facilities.rates.take(name, rate, now)) {
    throw new AwsError('ThrottlingException', 'Rate exceeded');
  }
}

function statusOf(execution: QueryExecution, state: QueryState) {
  const { failure, submittedAt, endedAt } = execution;
  const ended = endedAt !== undefined;
  return {
    State: state,
    SubmissionDateTime: submittedAt / 1000,
    ...(ended && { CompletionDateTime: endedAt / 1000 }),
    ...(failure &&
      ended && {
        StateChangeReason: failure.message,
        ...(failure.state === 'FAILED' && {
          AthenaError: {
            ErrorCategory: /^GENERIC|^HIVE/.test(failure.message) ? 1 : 2,
            ErrorMessage: failure.message,
            Retryable: false,
          },
        }),
      }),
  };
}

function describe(execution: QueryExecution, state: QueryState, now: number) {
  const { id, request, outcome, failure, endedAt, submittedAt } = execution;
  const took = (endedAt ?? now) - submittedAt;
  const ended = endedAt !== undefined;
  const scanned = outcome?.scannedBytes ?? failure?.scannedBytes ?? 0;
  return {
    QueryExecutionId: id,
    Query: request.sql,
    StatementType: 'DML',
    SubstatementType: 'SELECT',
    ResultConfiguration: {
      OutputLocation: `${request.outputLocation}${id}.csv`,
    },
    QueryExecutionContext: {
      Catalog: request.catalog,
      Database: request.database,
    },
    Status: statusOf(execution, state),
    Statistics: {
      DataScannedInBytes: ended ? scanned : 0,
      EngineExecutionTimeInMillis: took,
      TotalExecutionTimeInMillis: took,
      ResultReuseInformation: { ReusedPreviousResult: false },
    },
    WorkGroup: request.workGroup,
    EngineVersion: {
      SelectedEngineVersion: 'AUTO',
      EffectiveEngineVersion: 'Athena engine version 3',
    },
    ...(request.parameters.length && {
      ExecutionParameters: request.parameters,
    }),
  };
}

/** `athena:GetQueryExecution`: how far a query is, and what it read. */
export const getQueryExecution: Operation = {
  readOnly: true,
  demands: call => [onExecution(call, 'GetQueryExecution')],
  run: async (call): Promise<Result> => {
    takeTurn(call, 'GetQueryExecution');
    const execution = findExecution(call);
    const state = await execution.state(call.now);
    return {
      output: { QueryExecution: describe(execution, state, call.now) },
    };
  },
  requestParameters: call => ({ queryExecutionId: idOf(call) }),
};

/** `athena:StopQueryExecution`: ends a query that has not ended; harmless for others. */
export const stopQueryExecution: Operation = {
  readOnly: false,
  demands: call => [onExecution(call, 'StopQueryExecution')],
  run: async (call): Promise<Result> => {
    const execution = findExecution(call);
    // One that has ended by the clock stays what it is.
    await execution.state(call.now);
    execution.cancel(call.now, 'Query cancelled by user');
    return { output: {} };
  },
  requestParameters: call => ({ queryExecutionId: idOf(call) }),
};
