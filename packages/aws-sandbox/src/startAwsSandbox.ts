import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { AthenaOptions } from './athena/AthenaSeed';
import { AwsError } from './AwsError';
import { Clock, systemClock } from './Clock';
import { Facilities, makeFacilities } from './services/Facilities';
import { Faults } from './services/Faults';
import { Invoker } from './services/Invoker';
import { WebIdentityEndpoint } from './services/sts/WebIdentityEndpoint';
import { SigninEndpoint } from './signin/SigninEndpoint';
import { deliverRecords, DeliveredRecord } from './trail/deliverRecords';
import { deliverStream, StreamDelivery } from './trail/deliverStream';
import { TrailWriter } from './trail/TrailWriter';
import { UserSignIn, userSigninRecord } from './trail/userSigninRecord';
import { ApiEndpoint } from './wire/ApiEndpoint';
import { errorAnswer } from './wire/answers';
import { ConnectionDropped } from './wire/ConnectionDropped';
import { WireAnswer } from './wire/WireAnswer';
import { readRequest } from './wire/WireRequest';
import { demoWorld } from './world/demoWorld';
import { Identifiers } from './world/Identifiers';
import { seedWorld } from './world/seedWorld';
import { World } from './world/World';
import { WorldSeed } from './world/WorldSeed';

const DELIVERY_POLL_MS = 1_000;

/** How a sandbox is set up. */
export interface AwsSandboxOptions {
  /** TCP port on 127.0.0.1; 0 (default) takes a free one. */
  port?: number;
  /** Default: the machine's clock. */
  clock?: Clock;
  /** Folder below which `AWSLogs/…` is written. */
  logDirectory: string;
  /** Default: `demoWorld()`. */
  world?: WorldSeed;
  /** How long after an event its file is written, in milliseconds of the clock; default 0. */
  deliveryDelayMs?: number;
  /** How long a changed rule takes to count, in milliseconds of the clock; default 0. */
  propagationDelayMs?: number;
  /** Makes ids and secrets; default random. */
  identifiers?: Identifiers;
  /** What Athena has and how it behaves; default the demo's. */
  athena?: AthenaOptions;
}

/** A running sandbox. */
export interface AwsSandbox {
  /** The endpoint of every service, for example `http://127.0.0.1:7010`. */
  url: string;
  /** The federation endpoint. */
  signInUrl: string;
  /** Where the console's pages are: the `Destination` of a sign-in. */
  consoleUrl: string;
  port: number;
  logDirectory: string;
  /** What exists, for tests to look at. */
  world: World;
  /** Things that go wrong on purpose. */
  faults: Faults;
  /** Writes every pending CloudTrail record to disk, due or not. */
  deliverNow(): Promise<void>;
  /** Writes the records that are due by the clock; happens by itself every second. */
  deliverDue(): Promise<void>;
  /**
   * Writes files of a trail that hold these records and nothing else, filed under the days of their events,
   * as if CloudTrail had delivered them.
   */
  deliverRecords(records: DeliveredRecord[]): Promise<void>;
  /** Writes one file of a stream with these records, as if Firehose had delivered it. */
  deliverStream(records: object[], delivery: StreamDelivery): Promise<void>;
  /**
   * Lets an IAM user sign in to the console: the trail records it.
   * @throws Error where there is no such user
   */
  signIn(signIn: UserSignIn): void;
  /** Stops listening and delivers what is pending. */
  stop(): Promise<void>;
}

function send(response: ServerResponse, answer: WireAnswer, now: number): void {
  // The date of answers is the sandbox's: clients tell their skew from it.
  response.setHeader('date', new Date(now).toUTCString());
  response.setHeader('cache-control', 'no-store');
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

function makeHandler(
  world: World,
  trail: TrailWriter,
  faults: Faults,
  facilities: Facilities,
) {
  const invoker = new Invoker(world, trail, faults, facilities);
  const webIdentity = new WebIdentityEndpoint(world, trail, faults);
  const api = new ApiEndpoint(world, invoker, webIdentity);
  const signin = new SigninEndpoint(world, trail, faults, invoker);
  return async (message: IncomingMessage): Promise<WireAnswer> => {
    const request = await readRequest(message);
    return signin.serves(request)
      ? signin.handle(request)
      : api.handle(request);
  };
}

function failed(error: unknown, world: World): WireAnswer {
  const known = error instanceof AwsError;
  if (!known) {
    const text = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`sandbox AWS: unexpected failure: ${text}\n`);
  }
  const answer = known
    ? error
    : new AwsError('InternalFailure', 'The sandbox failed unexpectedly.', 500);
  return errorAnswer('query', answer, world.identifiers.uuid());
}

/**
 * Starts a sandbox on 127.0.0.1.
 * @throws the error of `listen` when the port is taken
 */
export async function startAwsSandbox(
  options: AwsSandboxOptions,
): Promise<AwsSandbox> {
  const { clock = systemClock, logDirectory } = options;
  const world = seedWorld(options.world ?? demoWorld(), {
    clock,
    propagationDelayMs: options.propagationDelayMs ?? 0,
    identifiers: options.identifiers,
  });
  const trail = new TrailWriter(
    world,
    logDirectory,
    options.deliveryDelayMs ?? 0,
  );
  const faults = new Faults();
  const facilities = makeFacilities(
    world,
    logDirectory,
    faults,
    options.athena,
  );
  const handle = makeHandler(world, trail, faults, facilities);
  const server = createServer((message, response) => {
    handle(message)
      .catch(error => {
        if (error instanceof ConnectionDropped) return undefined;
        return failed(error, world);
      })
      .then(answer => {
        if (answer) send(response, answer, clock.now());
        else message.socket.destroy();
      });
  });
  const port = await listen(server, options.port ?? 0);
  const timer = setInterval(() => {
    trail.deliverDue().catch(error => {
      process.stderr.write(`sandbox AWS: log delivery failed: ${error}\n`);
    });
  }, DELIVERY_POLL_MS);
  timer.unref();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    signInUrl: `${url}/federation`,
    consoleUrl: `${url}/console/`,
    port,
    logDirectory,
    world,
    faults,
    deliverNow: () => trail.deliverNow(),
    deliverDue: () => trail.deliverDue(),
    deliverRecords: records =>
      deliverRecords(logDirectory, records, world.identifiers),
    deliverStream: (records, delivery) =>
      deliverStream(logDirectory, records, delivery, world.identifiers),
    signIn: signIn => trail.add(userSigninRecord(world, signIn)),
    stop: async () => {
      clearInterval(timer);
      faults.clear();
      const closed = new Promise<void>(resolve => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
      await facilities.athena.executions.close();
      await trail.deliverNow();
    },
  };
}
