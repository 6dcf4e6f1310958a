import { AwsError } from '../AwsError';
import { Caller, callerOf } from '../services/Caller';
import { Faults } from '../services/Faults';
import { Invoker } from '../services/Invoker';
import { Service } from '../services/Operation';
import { SigninEvent, signinRecord } from '../trail/signinRecord';
import { TrailWriter } from '../trail/TrailWriter';
import { WireAnswer } from '../wire/WireAnswer';
import { WireRequest } from '../wire/WireRequest';
import { World } from '../world/World';
import { ConsoleEndpoint } from './ConsoleEndpoint';
import { ConsoleSessions } from './ConsoleSessions';
import { consolePath } from './destination';
import { consoleEnd, sessionOf } from './federation';
import { notice } from './html';

/** Only so that faults can name it: `signin` is not called with signatures. */
const signin: Service = { name: 'signin', protocol: 'query', operations: {} };

/** Where a request came from, as CloudTrail shows it. */
function originOf(request: WireRequest) {
  return {
    sourceIp: request.sourceIp,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 1_024),
    host: request.headers.host ?? '',
  };
}

/** The federation endpoint and, behind it, the console. */
export class SigninEndpoint {
  private readonly sessions: ConsoleSessions;
  private readonly console: ConsoleEndpoint;

  constructor(
    private readonly world: World,
    private readonly trail: TrailWriter,
    private readonly faults: Faults,
    invoker: Invoker,
  ) {
    this.sessions = new ConsoleSessions(world);
    this.console = new ConsoleEndpoint(world, this.sessions, invoker);
  }

  /** Whether a request is for this endpoint: browsers do not sign. */
  serves({ rawPath, headers }: WireRequest): boolean {
    const ours =
      rawPath === '/federation' ||
      rawPath === '/console' ||
      rawPath.startsWith('/console/');
    return ours && headers.authorization === undefined;
  }

  /** Answers a request; refusals are pages, as at the real endpoint. */
  async handle(request: WireRequest): Promise<WireAnswer> {
    if (request.rawPath !== '/federation') return this.console.handle(request);
    const parameters =
      request.method === 'POST'
        ? new URLSearchParams(request.body.toString('utf8'))
        : request.query;
    try {
      switch (parameters.get('Action')) {
        case 'getSigninToken':
          return await this.getSigninToken(request, parameters);
        case 'login':
          return await this.login(request, parameters);
        default:
          return notice('Bad request', 'Unknown Action', 400);
      }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return notice('Sign-in refused', error.message, error.status);
    }
  }

  private async getSigninToken(
    request: WireRequest,
    parameters: URLSearchParams,
  ): Promise<WireAnswer> {
    const session = sessionOf(parameters.get('Session'), this.world);
    const caller = callerOf(session, this.world);
    const event = { name: 'GetSigninToken' as const, caller };
    const { accountId } = caller;
    await this.faults.strike('before', signin, event.name, accountId);
    let until: number;
    try {
      const duration = parameters.get('SessionDuration');
      until = consoleEnd(session, duration, this.world.clock.now());
    } catch (error) {
      this.record(request, { ...event, error: (error as Error).message });
      throw error;
    }
    const SigninToken = this.sessions.issueToken(session, until);
    this.record(request, event);
    await this.faults.strike('after', signin, event.name, accountId);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ SigninToken }),
    };
  }

  private async login(
    request: WireRequest,
    parameters: URLSearchParams,
  ): Promise<WireAnswer> {
    const destination = parameters.get('Destination') ?? '';
    const path = consolePath(destination, request.headers.host ?? '');
    if (!path) {
      return notice(
        'Sign-in refused',
        'The Destination must be a page of the AWS console',
        400,
      );
    }
    const opened = this.sessions.signIn(parameters.get('SigninToken') ?? '');
    if (!opened) {
      return notice(
        'This sign-in link has expired',
        'A sign-in link works for 15 minutes. Go back to the portal and open the console again.',
        400,
      );
    }
    const { caller, session } = opened.console;
    await this.faults.strike(
      'before',
      signin,
      'ConsoleLogin',
      caller.accountId,
    );
    this.record(request, {
      name: 'ConsoleLogin',
      caller,
      loginTo: destination.slice(0, 1_024),
      consoleAccessKeyId: session.accessKeyId,
    });
    return {
      status: 302,
      headers: {
        location: path,
        'set-cookie': `sandbox_console=${opened.cookie}; Path=/console; HttpOnly; SameSite=Strict`,
        'referrer-policy': 'no-referrer',
      },
      body: '',
    };
  }

  private record(
    request: WireRequest,
    event: Pick<
      SigninEvent,
      'name' | 'error' | 'loginTo' | 'consoleAccessKeyId'
    > & {
      caller: Caller;
    },
  ): void {
    this.trail.add(
      signinRecord({
        ...event,
        at: this.world.clock.now(),
        eventId: this.world.identifiers.uuid(),
        origin: originOf(request),
      }),
    );
  }
}
