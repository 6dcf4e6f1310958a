import { AwsError } from '../AwsError';
import { authorize, Decision, reasonOf } from '../policy/authorize';
import { callRecords } from '../trail/callRecords';
import { TrailWriter } from '../trail/TrailWriter';
import { authFailure } from '../wire/authFailures';
import { World } from '../world/World';
import { callerContext, policiesOf } from './Caller';
import { Facilities } from './Facilities';
import { Faults } from './Faults';
import {
  accessDenied,
  Call,
  Demand,
  Operation,
  Result,
  Service,
} from './Operation';

/** A call before the sandbox has looked at it. */
export type Request = Omit<
  Call,
  'now' | 'requestId' | 'world' | 'facilities' | 'refusal'
>;

/**
 * Runs calls: decides, executes and records each one.
 * Signed requests and the console's buttons come in by the same way.
 */
export class Invoker {
  constructor(
    private readonly world: World,
    private readonly trail: TrailWriter,
    private readonly faults: Faults,
    private readonly facilities: Facilities,
  ) {}

  /**
   * Runs one operation as its caller and records it, refused or not.
   * @throws AwsError when AWS would refuse it
   */
  async invoke(
    service: Service,
    action: string,
    request: Request,
    requestId: string = this.world.identifiers.uuid(),
  ): Promise<Result> {
    const operation = service.operations[action];
    const accountId = request.caller.accountId;
    const begin = () => this.begin(service, request, requestId);
    try {
      await this.faults.strike('before', service, action, accountId);
    } catch (error) {
      if (error instanceof AwsError) {
        this.record(service, action, begin(), error);
      }
      throw error;
    }
    const call = begin();
    refuseExpired(service, call);
    const result = await this.execute(service, action, operation, call);
    await this.faults.strike('after', service, action, accountId);
    return result;
  }

  private async execute(
    service: Service,
    action: string,
    operation: Operation,
    call: Call,
  ): Promise<Result> {
    let result: Result;
    try {
      this.check(service, operation.demands(call), call);
      const outcome = operation.run(call);
      // What is done at once is recorded at once: nothing may come between a change and its record.
      result = outcome instanceof Promise ? await outcome : outcome;
    } catch (error) {
      if (error instanceof AwsError) this.record(service, action, call, error);
      throw error;
    }
    this.record(service, action, call, result);
    return result;
  }

  private begin(service: Service, request: Request, requestId: string): Call {
    const call: Call = {
      ...request,
      now: this.world.clock.now(),
      requestId,
      world: this.world,
      facilities: this.facilities,
      refusal: demand => this.refusal(service, demand, call),
    };
    return call;
  }

  private check(service: Service, demands: Demand[], call: Call): void {
    for (const demand of demands) {
      const refused = this.refusal(service, demand, call);
      if (refused) throw refused;
    }
  }

  private refusal(
    service: Service,
    demand: Demand,
    call: Call,
  ): AwsError | undefined {
    const decision = this.decide(demand, call);
    return decision.allowed
      ? undefined
      : accessDenied(
          service.protocol,
          refusalText(service, demand, decision, call),
        );
  }

  private decide(demand: Demand, call: Call): Decision {
    const { caller, now, region, origin } = call;
    const context = callerContext(caller, now)
      .set('aws:RequestedRegion', region)
      .set('aws:SourceIp', origin.sourceIp)
      .set('aws:UserAgent', origin.userAgent);
    return authorize(
      caller,
      policiesOf(caller, this.world),
      demand.resourcePolicy ?? { accountId: caller.accountId },
      {
        action: demand.action,
        resource: demand.resource,
        context: context.with(demand.context),
      },
    );
  }

  private record(
    service: Service,
    action: string,
    call: Call,
    outcome: Result | AwsError,
  ): void {
    callRecords(service, action, call, outcome).forEach(record =>
      this.trail.add(record),
    );
  }
}

/** A call may have waited past the end of its keys; then it is like one that came too late. */
function refuseExpired(service: Service, { caller, now }: Call): void {
  const { credential } = caller;
  if (credential.kind === 'session' && now >= credential.expiresAt) {
    throw authFailure(service.protocol, 'expired');
  }
}

function refusalText(
  service: Service,
  demand: Demand,
  decision: Extract<Decision, { allowed: false }>,
  call: Call,
): string {
  const label = demand.label ?? demand.resource;
  const on = label ? ` on resource: ${label}` : '';
  const text = `User: ${call.caller.arn} is not authorized to perform: ${demand.action}${on}`;
  return service.explainsRefusals === false
    ? text
    : `${text} ${reasonOf(decision, demand.action)}`;
}
