import {
  AuthService,
  DatabaseService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  ActivitySource,
  Clock,
  findConfigRoot,
} from 'backstage-plugin-break-glass-node';
import {
  CatalogAccountDirectory,
  CatalogPeople,
  CatalogReader,
} from './accounts';
import { ActivityCollector, ActivityService } from './activity';
import { AuditAnchor, AuditLog, AuditSpool } from './audit';
import { readBreakGlassConfig } from './config';
import { createDatabase, openMigrated } from './database';
import { DatabaseInsightsStore } from './database/DatabaseInsightsStore';
import { Database } from './database/types';
import { createFederation, managedPolicies } from './federation';
import { ulids } from './ids';
import { Insights } from './insights';
import {
  ClosingService,
  DecisionService,
  LeaseDependencies,
  LeaseQueries,
  LeaseResolver,
  RequestService,
} from './leases';
import { deliverNotification, deliverSignal, OutboxWorker } from './outbox';
import { checkProfiles } from './profiles';
import { ReviewService } from './review';

/** Services of Backstage that the plugin is built on. */
export interface Foundations {
  auth: AuthService;
  catalog: CatalogService;
  clock: Clock;
  config: RootConfigService;
  database: DatabaseService;
  logger: LoggerService;
  notifications: NotificationService;
  signals: SignalsService;
  source: ActivitySource;
}

/** Everything that routes and tasks use. */
export type Services = Awaited<ReturnType<typeof createServices>>;

/**
 * Puts the rooms together, ground floor first.
 * @throws InputError with the key where the configuration is wrong; the backend does not start then.
 */
export async function createServices(given: Foundations) {
  const { clock, logger, source } = given;
  const config = readBreakGlassConfig(given.config, {
    repositoryRoot: findConfigRoot(),
  });
  checkProfiles(config);
  const knex = await openMigrated(given.database);
  const database = withClock(createDatabase(knex), clock);
  const auditSpool = new AuditSpool({ file: config.audit.spoolFile, database });
  const audit = new AuditLog({
    database,
    clock,
    logger,
    spool: auditSpool,
    anchor: config.audit.anchorFile
      ? new AuditAnchor(config.audit.anchorFile)
      : undefined,
  });
  const reader = new CatalogReader(given.catalog, () =>
    given.auth.getOwnServiceCredentials(),
  );
  const people = new CatalogPeople(reader, config);
  const directory = new CatalogAccountDirectory(reader, config);
  const credentials = DefaultAwsCredentialsManager.fromConfig(given.config);
  const ids = ulids(clock);
  const deps: LeaseDependencies = {
    config,
    database,
    audit,
    people,
    clock,
    ids,
    resolver: new LeaseResolver(
      config,
      directory,
      managedPolicies({ config, clock, credentials }),
    ),
    wake: () => outboxWorker.poke(),
  };
  const federation = createFederation({ ...deps, logger, credentials });
  const collector = new ActivityCollector({ ...deps, logger, source });
  const activity = new ActivityService({ ...deps, source, collector });
  const reviews = new ReviewService(deps);
  const leases = new LeaseQueries(deps, {
    issue: lease => federation.sessions.explain(lease),
    review: lease => reviews.explain(lease),
  });
  const outboxWorker = new OutboxWorker({
    outbox: database.outbox,
    clock,
    logger,
    handlers: {
      notification: deliverNotification(given.notifications),
      signal: deliverSignal(given.signals),
      kill: ({ leaseId }) => federation.kills.kill(leaseId),
      collect: async ({ leaseId }, _row, signal) => {
        await collector.collect(leaseId, signal);
      },
    },
  });
  return {
    deps,
    auditSpool,
    directory,
    source,
    activity,
    collector,
    reviews,
    leases,
    outboxWorker,
    requests: new RequestService(deps),
    decisions: new DecisionService(deps),
    closing: new ClosingService(deps),
    sessions: federation.sessions,
    selfCheck: federation.selfCheck,
    close: () => federation.close(),
    insights: new Insights(new DatabaseInsightsStore(knex), clock),
  };
}

/** The database's own clock, unless a test moves time. */
function withClock(database: Database, { database: standIn }: Clock): Database {
  return standIn ? { ...database, now: async () => standIn.now() } : database;
}
