import { AwsError } from '../AwsError';
import { callerOf } from '../services/Caller';
import { services } from '../services';
import { Invoker } from '../services/Invoker';
import { Service } from '../services/Operation';
import { routeS3 } from '../services/s3/route';
import { sts } from '../services/sts';
import {
  WEB_IDENTITY,
  WebIdentityEndpoint,
} from '../services/sts/WebIdentityEndpoint';
import { Credential } from '../world/entities';
import { World } from '../world/World';
import { errorAnswer, successAnswer } from './answers';
import { authFailure, Protocol } from './authFailures';
import { CredentialScope, parseCredentialScope } from './credentialScope';
import { partitionOfRegion } from './partitionOfRegion';
import { Input, parseQueryInput } from './queryInput';
import { verifySignature } from './signature';
import { WireAnswer } from './WireAnswer';
import { WireRequest } from './WireRequest';

interface Asked {
  action: string;
  input: Input;
  payload?: Buffer;
}

/** Answers signed calls: finds the service by the signature's scope, checks the signature, runs the call. */
export class ApiEndpoint {
  constructor(
    private readonly world: World,
    private readonly invoker: Invoker,
    private readonly webIdentity: WebIdentityEndpoint,
  ) {}

  /** @throws ConnectionDropped when a fault wants it */
  async handle(request: WireRequest): Promise<WireAnswer> {
    const requestId = this.world.identifiers.uuid();
    const scope = parseCredentialScope(request.headers.authorization);
    const service = scope && services.get(scope.service);
    const protocol: Protocol = service?.protocol ?? 'query';
    try {
      if (!scope) return await this.serveUnsigned(request, requestId);
      if (!service) {
        throw new AwsError(
          'UnknownService',
          `The sandbox has no service ${scope.service}`,
          404,
        );
      }
      return await this.serve(service, scope, request, requestId);
    } catch (error) {
      if (error instanceof AwsError) {
        return errorAnswer(protocol, error, requestId);
      }
      throw error;
    }
  }

  private async serveUnsigned(
    request: WireRequest,
    requestId: string,
  ): Promise<WireAnswer> {
    const asked = queryInput(request);
    if (request.headers.authorization || asked.action !== WEB_IDENTITY) {
      throw authFailure('query', 'missing');
    }
    const { input } = asked;
    const origin = originOf(request);
    const call = { input, origin, requestId };
    const result = await this.webIdentity.assume(sts, call);
    return successAnswer(sts, WEB_IDENTITY, result, requestId);
  }

  private async serve(
    service: Service,
    scope: CredentialScope,
    request: WireRequest,
    requestId: string,
  ): Promise<WireAnswer> {
    const credential = await this.authenticate(service, scope, request);
    const asked = readAction(service, request);
    if (!Object.hasOwn(service.operations, asked.action)) {
      throw new AwsError(
        service.protocol === 'json'
          ? 'UnknownOperationException'
          : 'InvalidAction',
        `Could not find operation ${asked.action.slice(0, 64)} for ${
          service.name
        }`,
        400,
      );
    }
    const result = await this.invoker.invoke(
      service,
      asked.action,
      {
        input: asked.input,
        payload: asked.payload,
        caller: callerOf(credential, this.world),
        region: scope.region,
        origin: originOf(request),
      },
      requestId,
    );
    return successAnswer(service, asked.action, result, requestId);
  }

  private async authenticate(
    service: Service,
    scope: CredentialScope,
    request: WireRequest,
  ): Promise<Credential> {
    const credential = this.world.credential(scope.accessKeyId);
    const partition = credential && callerOf(credential, this.world).partition;
    const off = credential?.kind === 'user' && credential.inactive;
    if (!credential || off || partitionOfRegion(scope.region) !== partition) {
      throw authFailure(service.protocol, 'unknownKey');
    }
    const failure = await verifySignature(
      request,
      scope,
      credential,
      this.world.clock.now(),
    );
    if (failure) throw authFailure(service.protocol, failure);
    return credential;
  }
}

function originOf({ sourceIp, headers }: WireRequest) {
  return {
    sourceIp,
    userAgent: (headers['user-agent'] ?? '').slice(0, 1_024),
    host: headers.host ?? '',
  };
}

function jsonInput(request: WireRequest): Asked {
  const target = request.headers['x-amz-target'] ?? '';
  let input: unknown;
  try {
    input = JSON.parse(request.body.toString('utf8') || '{}');
  } catch {
    input = undefined;
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError(
      'SerializationException',
      'The body is not a JSON object',
    );
  }
  return {
    action: target.slice(target.lastIndexOf('.') + 1),
    input: input as Input,
  };
}

function queryInput(request: WireRequest): Asked {
  const parameters = new URLSearchParams(request.query);
  for (const [name, value] of new URLSearchParams(
    request.body.toString('utf8'),
  )) {
    parameters.append(name, value);
  }
  const action = parameters.get('Action') ?? '';
  parameters.delete('Action');
  parameters.delete('Version');
  return { action, input: parseQueryInput(parameters) };
}

function readAction(service: Service, request: WireRequest): Asked {
  switch (service.protocol) {
    case 's3':
      return routeS3(request);
    case 'json':
      return jsonInput(request);
    default:
      return queryInput(request);
  }
}
