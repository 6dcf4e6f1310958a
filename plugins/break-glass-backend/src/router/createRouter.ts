import {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ActivitySource } from 'backstage-plugin-break-glass-node';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  ActivityService,
  EvidenceService,
  UnderstandingService,
} from '../activity';
import { AccountDirectory } from '../accounts/types';
import { PolicyProofs } from '../approvals';
import { BrokerCheckQueries, SelfCheck, SessionService } from '../federation';
import { Insights } from '../insights';
import {
  ClosingService,
  DecisionService,
  ExtensionDecisions,
  ExtensionRequests,
  LeaseDependencies,
  LeaseLists,
  LeaseQueries,
  PanicQueries,
  PanicService,
  RequestPreview,
  RequestService,
} from '../leases';
import {
  BulkReview,
  FollowUpService,
  ResidueService,
  ReviewAssignment,
  ReviewReopening,
  ReviewService,
} from '../review';
import { Unbrokered } from '../unbrokered';
import { AccountQueries } from './AccountQueries';
import { addAccountRoutes } from './accountRoutes';
import { addActivityRoutes } from './activityRoutes';
import { AuditorEvents } from './AuditorEvents';
import { addAuditRoutes } from './auditRoutes';
import { Callers } from './callers';
import { addEvidenceRoutes } from './evidenceRoutes';
import { Health } from './Health';
import { addLeaseRoutes } from './leaseRoutes';
import { addPanicRoutes } from './panicRoutes';
import { openApiDocument } from './openApiDocument';
import { addReviewRoutes } from './reviewRoutes';
import { CriteriaOf } from './permissions/criteriaOf';
import { RouteBuilder } from './RouteBuilder';
import { addSessionRoutes } from './sessionRoutes';
import { translateErrors } from './translateErrors';
import { addUnbrokeredRoutes } from './unbrokeredRoutes';
import { addUnderstandingRoutes } from './understandingRoutes';

/** Everything that the routes call. */
export interface RouterOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  criteriaOf: CriteriaOf;
  deps: LeaseDependencies;
  directory: AccountDirectory;
  preview: RequestPreview;
  requests: RequestService;
  decisions: DecisionService;
  extensions: ExtensionRequests;
  extensionDecisions: ExtensionDecisions;
  closing: ClosingService;
  leaseLists: LeaseLists;
  leases: LeaseQueries;
  sessions: SessionService;
  activity: ActivityService;
  evidence: EvidenceService;
  understanding: UnderstandingService;
  residue: ResidueService;
  reviews: ReviewService;
  bulkReview: BulkReview;
  assignment: ReviewAssignment;
  reopening: ReviewReopening;
  followUps: FollowUpService;
  unbrokered: Unbrokered;
  panics: PanicService;
  panicQueries: PanicQueries;
  insights: Insights;
  source: ActivitySource;
  selfCheck: SelfCheck;
  brokerCheckQueries: BrokerCheckQueries;
  proofs: PolicyProofs;
}

/** Largest body that a route takes. */
const MAX_BODY = '64kb';

/** All routes of the plugin, below `/api/break-glass`. */
export function createRouter(options: RouterOptions): Router {
  const { deps } = options;
  const router = PromiseRouter();
  router.use(express.json({ limit: MAX_BODY }));
  let document: ReturnType<typeof openApiDocument> | undefined;
  router.get('/openapi.json', (_request, response) => {
    document ??= openApiDocument();
    response.json(document);
  });
  const routes = new RouteBuilder(
    router,
    new Callers(options.httpAuth, deps.audit, deps.clock),
    options.permissions,
    deps.audit,
    deps.clock,
    options.criteriaOf,
    new AuditorEvents(options.auditor, options.logger),
  );
  addAccountRoutes(routes, {
    directory: options.directory,
    accounts: new AccountQueries(
      deps,
      options.leaseLists,
      options.unbrokered.queries,
      options.panicQueries,
    ),
  });
  addLeaseRoutes(routes, options);
  addSessionRoutes(routes, options.sessions);
  addActivityRoutes(routes, options);
  addEvidenceRoutes(routes, options);
  addReviewRoutes(routes, options);
  addUnderstandingRoutes(routes, options);
  addUnbrokeredRoutes(routes, options.unbrokered);
  addPanicRoutes(routes, options);
  addAuditRoutes(routes, deps, {
    audit: deps.audit,
    insights: options.insights,
    brokerChecks: options.brokerCheckQueries,
    health: new Health({
      config: deps.config,
      database: deps.database,
      clock: deps.clock,
      audit: deps.audit,
      source: options.source,
      selfCheck: options.selfCheck,
      brokerChecks: options.brokerCheckQueries,
      proofs: options.proofs,
    }),
  });
  router.use(translateErrors(options.logger));
  return router;
}
