import { AwsError } from '../../AwsError';
import { CATALOG } from '../../athena/Athena';
import { WorkGroupSeed } from '../../athena/AthenaSeed';
import { QueryRequest } from '../../athena/QueryExecutions';
import { Input, InputValue } from '../../wire/queryInput';
import { Call, Demand } from '../Operation';

const MAX_QUERY_BYTES = 262_144;
const DEFAULT_WORK_GROUP = 'primary';

/** The refusal of a request that makes no sense. */
export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}

/** A text of the input, within limits of length; undefined where there is none. */
export function textOf(
  input: Input,
  name: string,
  limits: { min: number; max: number } = { min: 1, max: 1_024 },
): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const { min, max } = limits;
  if (typeof value !== 'string' || value.length < min || value.length > max) {
    throw invalidRequest(`${name} must have ${min} to ${max} characters`);
  }
  return value;
}

/** A text that has to be there. */
export function neededText(
  input: Input,
  name: string,
  limits?: { min: number; max: number },
): string {
  const text = textOf(input, name, limits);
  if (text === undefined) throw invalidRequest(`${name} is required`);
  return text;
}

const objectOf = (value: InputValue | undefined): Input =>
  typeof value === 'object' && !Array.isArray(value) ? value : {};

function queryText(input: Input): string {
  const sql = input.QueryString;
  const bytes = typeof sql === 'string' ? Buffer.byteLength(sql) : 0;
  if (typeof sql !== 'string' || bytes < 1 || bytes > MAX_QUERY_BYTES) {
    throw invalidRequest(
      `QueryString must have 1 to ${MAX_QUERY_BYTES} bytes of UTF-8`,
    );
  }
  if (!/^[\s(]*(select|with)\b/i.test(sql)) {
    throw invalidRequest('Queries of this type are not supported');
  }
  return sql;
}

function parametersOf(input: Input): string[] {
  const { ExecutionParameters = [] } = input;
  if (!Array.isArray(ExecutionParameters)) {
    throw invalidRequest('ExecutionParameters must be a list');
  }
  return ExecutionParameters.map(value => {
    const fits =
      typeof value === 'string' && value.length >= 1 && value.length <= 1_024;
    if (!fits) {
      throw invalidRequest(
        'Each of ExecutionParameters must have 1 to 1024 characters',
      );
    }
    return value;
  });
}

/** The workgroup that a call names. */
export function workGroupName({ input }: Call): string {
  const name = textOf(input, 'WorkGroup', { min: 1, max: 128 });
  return name ?? DEFAULT_WORK_GROUP;
}

/** @throws AwsError where there is none of this name */
export function findWorkGroup(call: Call, name: string): WorkGroupSeed {
  const { caller, region, facilities } = call;
  const found = facilities.athena.workGroup(caller.accountId, region, name);
  if (!found) throw invalidRequest(`WorkGroup ${name} is not found.`);
  return found;
}

/** What must be allowed on a workgroup. */
export function onWorkGroup(call: Call, action: string, name: string): Demand {
  const { caller, region } = call;
  return {
    action: `athena:${action}`,
    resource: `arn:${caller.partition}:athena:${region}:${caller.accountId}:workgroup/${name}`,
  };
}

function outputLocation(call: Call, workGroup: WorkGroupSeed): string {
  const own = objectOf(call.input.ResultConfiguration).OutputLocation;
  const enforced = workGroup.enforceConfiguration ?? true;
  const location =
    enforced || own === undefined ? workGroup.outputLocation : String(own);
  if (!location || !/^s3:\/\/[a-z0-9.-]{3,63}\/.{0,900}$/.test(location)) {
    throw invalidRequest(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  return location;
}

/** A checked request to start a query, and its workgroup. */
export function readQueryRequest(call: Call): {
  request: QueryRequest;
  token: string;
  workGroup: WorkGroupSeed;
} {
  const { input } = call;
  const sql = queryText(input);
  const parameters = parametersOf(input);
  const token = neededText(input, 'ClientRequestToken', { min: 32, max: 128 });
  const context = objectOf(input.QueryExecutionContext);
  const workGroup = findWorkGroup(call, workGroupName(call));
  if (workGroup.disabled) {
    throw invalidRequest(`WorkGroup ${workGroup.name} is disabled.`);
  }
  return {
    token,
    workGroup,
    request: {
      sql,
      parameters,
      catalog: textOf(context, 'Catalog') ?? CATALOG,
      database: textOf(context, 'Database'),
      workGroup: workGroup.name,
      outputLocation: outputLocation(call, workGroup),
    },
  };
}
