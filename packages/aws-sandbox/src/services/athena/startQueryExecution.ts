import { AwsError } from '../../AwsError';
import { WorkGroupSeed } from '../../athena/AthenaSeed';
import { AthenaTable } from '../../athena/AthenaTable';
import { QueryExecution, QueryRequest } from '../../athena/QueryExecutions';
import { QueryFailure } from '../../athena/QueryFailure';
import { QueryOutcome } from '../../athena/QueryEngine';
import { recordedInput } from '../input';
import { Call, Operation } from '../Operation';
import {
  invalidRequest,
  onWorkGroup,
  readQueryRequest,
  workGroupName,
} from './athenaInput';

function takeTurn({ caller, region, facilities, now }: Call): void {
  const { quotas } = facilities.athena;
  const name = `StartQueryExecution ${caller.accountId} ${region}`;
  const rate = { perSecond: quotas.start, burst: quotas.start };
  if (!facilities.rates.take(name, rate, now)) {
    throw new AwsError('TooManyRequestsException', 'Rate exceeded');
  }
}

/** Athena reads the catalog and the files as the caller. */
function tableRefusal(call: Call, database: string, table: AthenaTable) {
  const { caller, region } = call;
  const { partition, accountId } = caller;
  const { bucket } = table.seed;
  const inBucket = `arn:${partition}:s3:::${bucket}`;
  return [
    {
      action: 'glue:GetTable',
      resource: `arn:${partition}:glue:${region}:${accountId}:table/${database}/${table.name}`,
    },
    { action: 's3:ListBucket', resource: inBucket },
    { action: 's3:GetObject', resource: `${inBucket}/${table.name}` },
  ]
    .map(demand => call.refusal(demand)?.message)
    .find(message => message !== undefined);
}

function resultRefusal(call: Call, request: QueryRequest, id: string) {
  const place = request.outputLocation.slice('s3://'.length);
  const resource = `arn:${call.caller.partition}:s3:::${place}${id}.csv`;
  return call.refusal({ action: 's3:PutObject', resource })?.message;
}

/** Runs a query as the caller of the call that started it. */
function runner(
  call: Call,
  id: string,
  request: QueryRequest,
  workGroup: WorkGroupSeed,
  broken: QueryFailure | undefined,
) {
  const { athena } = call.facilities;
  const { accountId } = call.caller;
  return async (signal: AbortSignal): Promise<QueryOutcome> => {
    if (broken) throw broken;
    const refused = resultRefusal(call, request, id);
    if (refused) {
      throw new QueryFailure(
        `Access denied when writing output to url: ${request.outputLocation}${id}.csv . ${refused}`,
      );
    }
    return athena.engine.run(
      {
        ...request,
        cutoff: workGroup.bytesScannedCutoffPerQuery,
        findTable: (database, name) =>
          athena
            .database(accountId, call.region, database)
            ?.get(name.toLowerCase()),
        filesOf: table => table.files(athena.coverage()),
        refusal: (database, table) => tableRefusal(call, database, table),
      },
      signal,
    );
  };
}

/** What a fault makes of a query. */
function faultOf(call: Call): { broken?: QueryFailure; slowMs: number } {
  const fault = call.facilities.faults.takeQueryFault(call.caller.accountId);
  switch (fault?.effect) {
    case 'query-fails':
      return {
        broken: new QueryFailure(
          'GENERIC_INTERNAL_ERROR: the query failed on purpose',
        ),
        slowMs: 0,
      };
    case 'query-cancelled':
      return {
        broken: new QueryFailure('Query was cancelled by service', 'CANCELLED'),
        slowMs: 0,
      };
    default:
      return { slowMs: fault?.delayMs ?? 0 };
  }
}

function start(call: Call) {
  takeTurn(call);
  const { request, token, workGroup } = readQueryRequest(call);
  const { athena } = call.facilities;
  const { accountId } = call.caller;
  const ownToken = `${accountId} ${call.region} ${token}`;
  const known = athena.executions.repeated(ownToken, request);
  if (known === 'other') {
    throw invalidRequest('Idempotent parameters do not match');
  }
  if (known) return known.id;
  const id = call.world.identifiers.uuid();
  const { broken, slowMs } = faultOf(call);
  const runsAt = call.now + athena.queuedMs;
  const endsAt = runsAt + athena.runningMs + slowMs;
  athena.executions.add(
    ownToken,
    new QueryExecution(
      id,
      accountId,
      call.region,
      request,
      { submittedAt: call.now, runsAt, endsAt },
      runner(call, id, request, workGroup, broken),
    ),
  );
  return id;
}

/** `athena:StartQueryExecution`: begins a SELECT and gives its id; the same token gives the same id. */
export const startQueryExecution: Operation = {
  readOnly: false,
  demands: call => [
    onWorkGroup(call, 'StartQueryExecution', workGroupName(call)),
  ],
  run: call => {
    const QueryExecutionId = start(call);
    return {
      output: { QueryExecutionId },
      responseElements: { queryExecutionId: QueryExecutionId },
    };
  },
  requestParameters: call => ({
    ...recordedInput(call.input),
    // As AWS does: a query's text and values may be confidential.
    queryString: '***OMITTED***',
    ...(call.input.ExecutionParameters !== undefined && {
      executionParameters: '***OMITTED***',
    }),
  }),
};
