// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
  LoggerService,
  SchedulerService,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { startAwsSandbox, AwsSandbox } from 'aws-sandbox';
import duckdbModule from 'backstage-plugin-break-glass-backend-module-duckdb';
import {
  BreakGlassClient,
  errorCodeOf,
  RouteInput,
  RouteName,
  RouteOutput,
} from 'backstage-plugin-break-glass-common';
import { Clock, clockServiceRef } from 'backstage-plugin-break-glass-node';
import { mkdtempSync, rmSync } from 'fs';
import knexFactory, { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { breakGlassPlugin } from '../plugin';
import { demoConfig } from './demoConfig';
import { demoEntities } from './demoEntities';
import { FakeClock } from './FakeClock';

/** What a test may replace. */
export interface TestPortalOptions {
  knex: Knex;
  clock?: FakeClock;
  /** A clock of AWS that is not ours. */
  sandboxClock?: Clock;
  /** Changes the demo's `breakGlass` section before the start. */
  configure?: (section: Record<string, any>) => void;
  /** Replaces the root `aws` section. */
  aws?: object;
  entities?: Entity[];
  /** Further plugins and modules. */
  features?: BackendFeature[];
  /** Stands in for the permission framework; default: everything is allowed. */
  permissions?: ServiceFactory;
  /** The root `permission` section, for the framework itself. */
  permission?: { enabled: boolean };
  /** Further root sections, such as `auth`. */
  sections?: Record<string, object>;
}

/** A whole backend on loopback with the sandbox behind it, the demo's configuration and one clock for both. */
export interface TestPortal {
  clock: FakeClock;
  sandbox: AwsSandbox;
  entities: Entity[];
  notifications: Array<Record<string, any>>;
  logs: string[];
  url: string;
  folder: string;
  /** Calls a route as a person, e.g. `mary`. */
  as<N extends RouteName>(
    person: string,
    name: N,
    input: RouteInput<N>,
  ): Promise<RouteOutput<N>>;
  /** The stable code with which a call is refused. */
  refusal<N extends RouteName>(
    person: string,
    name: N,
    input: RouteInput<N>,
  ): Promise<string | undefined>;
  /** Runs a task of the schedule now. */
  runTask(id: string): Promise<void>;
  /** A call with any credentials. */
  fetch(path: string, init: RequestInit, token: string): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts it on free ports. */
export async function startTestPortal(
  options: TestPortalOptions,
): Promise<TestPortal> {
  const clock = options.clock ?? new FakeClock();
  const folder = mkdtempSync(join(tmpdir(), 'break-glass-'));
  const sandbox = await startAwsSandbox({
    clock: options.sandboxClock ?? clock,
    logDirectory: join(folder, 'logs'),
  });
  const entities = options.entities ?? demoEntities();
  const notifications: Array<Record<string, any>> = [];
  const logs: string[] = [];
  const scheduler = aScheduler();
  const data = configuration(options, sandbox, folder);
  const others = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const stopOthers = async () => {
    await others.destroy();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const backend = await startTestBackend({
    features: [
      ...(options.features ?? []),
      scheduler.factory(),
      breakGlassPlugin,
      // As in the portal: Athena takes the place of files.
      ...(data.breakGlass.activity.athena ? [] : [duckdbModule]),
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({ data }),
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        // Other plugins have no tables there.
        factory: ({ plugin }) =>
          plugin.getId() === 'break-glass'
            ? mockServices.database({ knex: options.knex })
            : mockServices.database({ knex: others }),
      }),
      loggerInto(logs),
      createServiceFactory({
        service: clockServiceRef,
        deps: {},
        factory: () => clock,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async (notification: never) => {
            notifications.push(notification);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} } as never),
      }),
      ...(options.permissions ? [options.permissions] : []),
    ],
  }).catch(async error => {
    await stopOthers();
    throw error;
  });
  const url = `http://127.0.0.1:${backend.server.port()}/api/break-glass`;
  const as: TestPortal['as'] = (person, name, input) =>
    clientFor(url, tokenOf(person)).call(name, input);
  return {
    clock,
    sandbox,
    entities,
    notifications,
    logs,
    url,
    folder,
    as,
    refusal: async (person, name, input) => {
      try {
        await as(person, name, input);
        return undefined;
      } catch (error) {
        return errorCodeOf(error) ?? String(error);
      }
    },
    runTask: id => scheduler.triggerTask(id),
    fetch: (path, init, token) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: {
          'Content-Type': 'application/json',
          ...init.headers,
          Authorization: `Bearer ${token}`,
        },
      }),
    stop: async () => {
      await backend.stop();
      await stopOthers();
    },
  };
}

/** The scheduler of test backends, at hand: its type leaves out that it makes its own factory. */
function aScheduler() {
  return mockServices.scheduler() as SchedulerService & {
    factory(): ServiceFactory;
  };
}

/** Bearer token of a person of the demo. */
export function tokenOf(person: string): string {
  return mockCredentials.user.token(`user:default/${person}`);
}

/** A client of the API with this token. */
export function clientFor(url: string, token: string): BreakGlassClient {
  return new BreakGlassClient({
    baseUrl: async () => url,
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        headers: { ...init?.headers, Authorization: `Bearer ${token}` },
      }),
  });
}

function configuration(
  options: TestPortalOptions,
  sandbox: AwsSandbox,
  folder: string,
) {
  const demo = demoConfig();
  const section = demo.breakGlass;
  for (const partition of Object.values<any>(section.partitions)) {
    partition.endpoints = {
      ...partition.endpoints,
      sts: sandbox.url,
      iam: sandbox.url,
      signIn: sandbox.signInUrl,
    };
  }
  section.audit = {
    ...section.audit,
    anchorFile: join(folder, 'anchor.jsonl'),
    spoolFile: join(folder, 'spool.jsonl'),
  };
  section.activity = { duckdb: { path: sandbox.logDirectory } };
  options.configure?.(section);
  return {
    ...options.sections,
    app: demo.app,
    aws: options.aws ?? demo.aws,
    permission: options.permission ?? {},
    breakGlass: section,
  };
}

function loggerInto(logs: string[]) {
  const write = (message: string | Error, meta?: object) => {
    logs.push(`${message} ${JSON.stringify(meta ?? {})}`);
  };
  const logger: LoggerService = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: () => logger,
  };
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  });
}
