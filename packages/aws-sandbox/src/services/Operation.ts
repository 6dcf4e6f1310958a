import { AwsError } from '../AwsError';
import { ResourcePolicy } from '../policy/authorize';
import { Protocol } from '../wire/authFailures';
import { Input } from '../wire/queryInput';
import { Output } from '../wire/xml';
import { World } from '../world/World';
import { Caller } from './Caller';
import { Facilities } from './Facilities';

/** One call, whatever protocol brought it. */
export interface Call {
  input: Input;
  /** The body of an upload. */
  payload?: Buffer;
  caller: Caller;
  region: string;
  /** The instant of the call in milliseconds. */
  now: number;
  requestId: string;
  /** Where it came from, as CloudTrail shows it. */
  origin: { sourceIp: string; userAgent: string; host: string };
  world: World;
  facilities: Facilities;
  /** Why something more would be refused, for operations that find out late what they touch; undefined where it is allowed. */
  refusal(demand: Demand): AwsError | undefined;
}

/** One thing that must be allowed before an operation runs. */
export interface Demand {
  /** For example `s3:GetObject`. */
  action: string;
  /** ARN, or `*`. */
  resource: string;
  /** How the refusal names the resource, where AWS does not use the bare ARN; '' leaves it out. */
  label?: string;
  /** Default: a resource without a policy in the caller's account. */
  resourcePolicy?: ResourcePolicy;
  /** More condition keys. */
  context?: Record<string, string | string[] | undefined>;
}

/** What a call gave back. */
export interface Result {
  output?: { [key: string]: Output };
  /** A body that is not XML or JSON of the protocol: an object, a policy's text. */
  payload?: {
    status?: number;
    headers?: Record<string, string>;
    body?: string | Buffer;
  };
  /** What the CloudTrail record shows of the answer; default nothing. */
  responseElements?: Record<string, unknown> | null;
}

/** A resource as a CloudTrail record names it. */
export interface RecordedResource {
  accountId?: string;
  type: string;
  ARN: string;
}

/** One operation of a service. */
export interface Operation {
  readOnly: boolean;
  /** Object-level: recorded only where the trail has data events on. */
  dataEvent?: boolean;
  /** CloudTrail's name where it is not the API's. */
  eventName?: string;
  /** What must be allowed; an empty list lets everybody with valid keys in. May throw for malformed input. */
  demands(call: Call): Demand[];
  run(call: Call): Result | Promise<Result>;
  /** The record's request parameters. */
  requestParameters(call: Call): Record<string, unknown> | null;
  /** The record's resources. */
  resources?(call: Call): RecordedResource[];
  /** The region in which the call is recorded; default the one it was signed for. */
  region?(call: Call): string;
  /** A second account that sees the call (cross-account AssumeRole). */
  otherAccount?(call: Call): string | undefined;
}

/** A service and its operations by API name. */
export interface Service {
  name: string;
  protocol: Protocol;
  operations: Record<string, Operation>;
  /** XML name space of its answers. */
  xmlns?: string;
  /** Whether records of refused calls still show the request's parameters. */
  recordsRefusedParameters?: boolean;
  /** Whether refusals say which kind of policy refused. */
  explainsRefusals?: boolean;
}

/** The refusal of a call by policy, in the words of the service's protocol. */
export function accessDenied(protocol: Protocol, message: string): AwsError {
  switch (protocol) {
    case 'ec2':
      return new AwsError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. ${message}`,
        403,
        'Client.UnauthorizedOperation',
      );
    case 'json':
      return new AwsError(
        'AccessDeniedException',
        message,
        400,
        'AccessDenied',
      );
    default:
      return new AwsError('AccessDenied', message, 403);
  }
}
