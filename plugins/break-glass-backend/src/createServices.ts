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
  CredentialBroker,
  findConfigRoot,
  SensitiveRule,
} from 'backstage-plugin-break-glass-node';
import {
  CatalogAccountDirectory,
  CatalogPeople,
  CatalogReader,
  LoggedAccountDirectory,
} from './accounts';
import {
  ActivityCollector,
  ActivityService,
  EvidenceService,
  rulesWith,
  UnderstandingService,
} from './activity';
import { chooseActivitySource } from './activitySource';
import { PolicyProofs } from './approvals';
import { createLookups, LookupExtensions } from './createLookups';
import { AuditAnchor, AuditLog, AuditSpool } from './audit';
import { readBreakGlassConfig } from './config';
import { createDatabase, openMigrated } from './database';
import { DatabaseInsightsStore } from './database/DatabaseInsightsStore';
import { createFederation, managedPolicies } from './federation';
import { ulids } from './ids';
import { Insights } from './insights';
import {
  ApprovalReminders,
  AutomaticApproval,
  ClosingService,
  controlPlaneProblem,
  decidedBy,
  DecisionService,
  ExtensionDecisions,
  ExtensionRequests,
  LeaseDependencies,
  LeaseLists,
  LeaseQueries,
  LeaseResolver,
  PanicQueries,
  PanicService,
  RequestPreview,
  RequestService,
  RestoredMode,
} from './leases';
import { deliverNotification, deliverSignal, OutboxWorker } from './outbox';
import { checkProfiles } from './profiles';
import {
  BulkReview,
  FollowUpService,
  ResidueService,
  ReviewAssignment,
  ReviewReminders,
  ReviewReopening,
  ReviewRules,
  ReviewService,
} from './review';
import { createUnbrokered } from './unbrokered';

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
  /** What a module brought to read activity from. */
  sourceOfModule?: ActivitySource;
  /** What modules mark beside the rules that come with the plugin. */
  sensitiveRules?: SensitiveRule[];
  lookups?: LookupExtensions;
  /** What a module brought to obtain credentials with. */
  credentialBroker?: CredentialBroker;
}

/** Everything that routes and tasks use. */
export type Services = Awaited<ReturnType<typeof createServices>>;

/**
 * Puts the rooms together, ground floor first.
 * @throws InputError with the key where the configuration is wrong; the backend does not start then.
 */
export async function createServices(given: Foundations) {
  const { clock, logger } = given;
  const bell = { ring: () => {} };
  const floor = await groundFloor(given, () => bell.ring());
  const { deps, credentials, conditions } = floor;
  const { source, closeSource } = chooseActivitySource({
    athena: deps.config.athena,
    ofModule: given.sourceOfModule,
    credentials,
    clock,
  });
  const federation = createFederation({
    ...deps,
    logger,
    credentials,
    directory: floor.directory,
    credentialBroker: given.credentialBroker,
  });
  const unbrokered = createUnbrokered({ ...floor, ...deps, logger, source });
  const { onUnbrokered } = unbrokered;
  const marking = { ...deps, rules: rulesWith(given.sensitiveRules) };
  const collecting = { ...marking, logger, source, onUnbrokered };
  const collector = new ActivityCollector(collecting);
  const rules = new ReviewRules(deps);
  const reviews = new ReviewService(deps, rules);
  const closing = new ClosingService(deps);
  const panics = new PanicService(deps, closing);
  const outboxWorker = new OutboxWorker({
    outbox: deps.database.outbox,
    clock,
    logger,
    handlers: {
      notification: deliverNotification(given.notifications),
      signal: deliverSignal(given.signals),
      panic: ({ panicId }) => panics.revokeAll(panicId),
      kill: ({ leaseId }) => federation.kills.kill(leaseId),
      collect: async ({ leaseId }, _row, signal) => {
        await collector.collect(leaseId, signal);
      },
    },
  });
  bell.ring = () => outboxWorker.poke();
  return {
    ...floor,
    source,
    collector,
    unbrokered,
    reviews,
    bulkReview: new BulkReview(deps, reviews),
    assignment: new ReviewAssignment(deps, rules),
    reopening: new ReviewReopening(deps),
    followUps: new FollowUpService(deps),
    reminders: new ReviewReminders({ ...deps, logger }),
    approvalReminders: new ApprovalReminders({ ...deps, logger }),
    outboxWorker,
    activity: new ActivityService({ ...deps, source, collector }),
    evidence: new EvidenceService({ ...deps, logger, source }),
    understanding: new UnderstandingService(marking),
    residue: new ResidueService(deps, rules),
    leaseLists: new LeaseLists(deps),
    leases: new LeaseQueries(deps, {
      issue: lease => federation.sessions.explain(lease),
      review: lease =>
        reviews.explain({ ...lease, decisions: decidedBy(lease) }),
      assign: lease =>
        reviews.explain({ ...lease, decisions: decidedBy(lease) }),
      reopen: lease => reviews.explainReopen(lease),
    }),
    preview: new RequestPreview(deps),
    requests: new RequestService(
      deps,
      closing,
      new AutomaticApproval(deps, conditions),
    ),
    decisions: new DecisionService(deps),
    extensions: new ExtensionRequests(deps),
    extensionDecisions: new ExtensionDecisions(deps),
    closing,
    panics,
    panicQueries: new PanicQueries(deps),
    restoredMode: new RestoredMode(deps, closing),
    sessions: federation.sessions,
    boundaryWatch: federation.boundaryWatch,
    selfCheck: federation.selfCheck,
    brokerChecks: federation.brokerChecks,
    brokerCheckQueries: federation.brokerCheckQueries,
    closeConnections: () => {
      federation.close();
      closeSource();
    },
  };
}

/** What every room stands on: configuration, database, audit log, and the catalog's accounts and people. */
async function groundFloor(given: Foundations, wake: () => void) {
  const { clock, logger } = given;
  const config = readBreakGlassConfig(given.config, {
    repositoryRoot: findConfigRoot(),
  });
  checkProfiles(config);
  const knex = await openMigrated(given.database);
  const database = createDatabase(
    knex,
    clock.database && (() => clock.database!.now()),
  );
  const { spoolFile, anchorFile, acceptedHead } = config.audit;
  const auditSpool = new AuditSpool({ file: spoolFile, database });
  const audit = new AuditLog({
    database,
    clock,
    logger,
    spool: auditSpool,
    anchor: anchorFile ? new AuditAnchor(anchorFile) : undefined,
    acceptedHead,
  });
  const reader = new CatalogReader(given.catalog, () =>
    given.auth.getOwnServiceCredentials(),
  );
  const directory = new LoggedAccountDirectory(
    new CatalogAccountDirectory(reader, config),
    logger,
  );
  const credentials = DefaultAwsCredentialsManager.fromConfig(given.config);
  const contents = managedPolicies({ config, clock, credentials });
  const { tickets, conditions } = createLookups(config, {
    ...given.lookups,
    clock,
    logger,
  });
  const people = new CatalogPeople(reader, config);
  const proofs = new PolicyProofs({
    config,
    people,
    directory,
    clock,
    logger,
    usable: (account, policy) => !controlPlaneProblem(config, account, policy),
  });
  const deps: LeaseDependencies = {
    config,
    database,
    audit,
    clock,
    wake,
    people,
    proofs,
    ids: ulids(clock),
    tickets,
    resolver: new LeaseResolver(config, directory, contents, clock),
  };
  const insights = new Insights(new DatabaseInsightsStore(knex), clock);
  return {
    deps,
    auditSpool,
    directory,
    proofs,
    credentials,
    conditions,
    insights,
  };
}
