import { z } from 'zod';
import {
  accountDetailSchema,
  accountListQuerySchema,
  accountListSchema,
  accountPathSchema,
  meSchema,
  profileListSchema,
} from './account';
import {
  activityListQuerySchema,
  activityListSchema,
  activityPathSchema,
  completenessSchema,
  rawRecordSchema,
  timelineSchema,
} from './activity';
import {
  auditExportQuerySchema,
  auditListQuerySchema,
  auditListSchema,
  auditVerificationSchema,
  healthSchema,
  insightsQuerySchema,
  insightsSchema,
} from './audit';
import {
  closeRequestSchema,
  decisionRequestSchema,
  leaseDetailSchema,
  leaseListQuerySchema,
  leaseListSchema,
  leasePathSchema,
  leasePreviewRequestSchema,
  leasePreviewSchema,
  leaseRequestSchema,
} from './lease';
import { reviewRequestSchema } from './review';
import {
  issuedSessionSchema,
  sessionRequestSchema,
  standingSessionRequestSchema,
} from './session';

/** One HTTP route: the same object validates, documents and types it. */
export interface RouteDefinition {
  method: 'get' | 'post';
  /** Under `/api/break-glass`, with Express parameters. */
  path: string;
  /** OpenAPI operation id. */
  id: string;
  summary: string;
  tag: 'accounts' | 'leases' | 'sessions' | 'activity' | 'reviews' | 'audit';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  response: z.ZodType;
  status?: 200 | 201;
  /** Media type of the answer where it is not JSON. */
  media?: 'text/csv';
}

/** All routes of the product, by name. */
export const routes = {
  me: {
    method: 'get',
    path: '/v1/me',
    id: 'getMe',
    summary: 'What the caller may do, and what waits for them',
    tag: 'accounts',
    response: meSchema,
  },
  listAccounts: {
    method: 'get',
    path: '/v1/accounts',
    id: 'listAccounts',
    summary: 'Accounts, with what is wrong with those that cannot be used',
    tag: 'accounts',
    query: accountListQuerySchema,
    response: accountListSchema,
  },
  getAccount: {
    method: 'get',
    path: '/v1/accounts/:kind/:namespace/:name',
    id: 'getAccount',
    summary: 'One account and its roles, for the caller',
    tag: 'accounts',
    params: accountPathSchema,
    response: accountDetailSchema,
  },
  createStandingSession: {
    method: 'post',
    path: '/v1/accounts/:kind/:namespace/:name/sessions',
    id: 'createStandingSession',
    summary: 'Credentials or a console URL for a standing role',
    tag: 'sessions',
    params: accountPathSchema,
    body: standingSessionRequestSchema,
    response: issuedSessionSchema,
    status: 201,
  },
  listProfiles: {
    method: 'get',
    path: '/v1/profiles',
    id: 'listProfiles',
    summary: 'Policy profiles, in words and as JSON',
    tag: 'accounts',
    response: profileListSchema,
  },
  previewLease: {
    method: 'post',
    path: '/v1/leases/preview',
    id: 'previewLease',
    summary: 'What a request would come to',
    tag: 'leases',
    body: leasePreviewRequestSchema,
    response: leasePreviewSchema,
  },
  requestLease: {
    method: 'post',
    path: '/v1/leases',
    id: 'requestLease',
    summary: 'Request a lease; honours the Idempotency-Key header',
    tag: 'leases',
    body: leaseRequestSchema,
    response: leaseDetailSchema,
    status: 201,
  },
  listLeases: {
    method: 'get',
    path: '/v1/leases',
    id: 'listLeases',
    summary: 'Leases that the caller may read',
    tag: 'leases',
    query: leaseListQuerySchema,
    response: leaseListSchema,
  },
  getLease: {
    method: 'get',
    path: '/v1/leases/:id',
    id: 'getLease',
    summary: 'One lease, and what the caller may do with it',
    tag: 'leases',
    params: leasePathSchema,
    response: leaseDetailSchema,
  },
  decideLease: {
    method: 'post',
    path: '/v1/leases/:id/decisions',
    id: 'decideLease',
    summary: 'Approve or reject',
    tag: 'leases',
    params: leasePathSchema,
    body: decisionRequestSchema,
    response: leaseDetailSchema,
  },
  cancelLease: {
    method: 'post',
    path: '/v1/leases/:id/cancel',
    id: 'cancelLease',
    summary: 'Take a request back',
    tag: 'leases',
    params: leasePathSchema,
    body: closeRequestSchema,
    response: leaseDetailSchema,
  },
  endLease: {
    method: 'post',
    path: '/v1/leases/:id/end',
    id: 'endLease',
    summary: 'The requester is done; live credentials are killed',
    tag: 'leases',
    params: leasePathSchema,
    body: closeRequestSchema,
    response: leaseDetailSchema,
  },
  revokeLease: {
    method: 'post',
    path: '/v1/leases/:id/revoke',
    id: 'revokeLease',
    summary: 'Take a lease away; live credentials are killed',
    tag: 'leases',
    params: leasePathSchema,
    body: closeRequestSchema,
    response: leaseDetailSchema,
  },
  createSession: {
    method: 'post',
    path: '/v1/leases/:id/sessions',
    id: 'createSession',
    summary: 'Credentials or a console URL under an active lease',
    tag: 'sessions',
    params: leasePathSchema,
    body: sessionRequestSchema,
    response: issuedSessionSchema,
    status: 201,
  },
  listActivity: {
    method: 'get',
    path: '/v1/leases/:id/activity',
    id: 'listActivity',
    summary: 'CloudTrail events of a lease',
    tag: 'activity',
    params: leasePathSchema,
    query: activityListQuerySchema,
    response: activityListSchema,
  },
  getActivityRecord: {
    method: 'get',
    path: '/v1/leases/:id/activity/:eventId',
    id: 'getActivityRecord',
    summary: 'The raw CloudTrail record, redacted',
    tag: 'activity',
    params: activityPathSchema,
    response: rawRecordSchema,
  },
  collectActivity: {
    method: 'post',
    path: '/v1/leases/:id/activity/collect',
    id: 'collectActivity',
    summary: 'Look again now',
    tag: 'activity',
    params: leasePathSchema,
    response: completenessSchema,
  },
  getTimeline: {
    method: 'get',
    path: '/v1/leases/:id/timeline',
    id: 'getTimeline',
    summary: 'Decisions, sessions and activity on one time line',
    tag: 'activity',
    params: leasePathSchema,
    query: activityListQuerySchema,
    response: timelineSchema,
  },
  reviewLease: {
    method: 'post',
    path: '/v1/leases/:id/reviews',
    id: 'reviewLease',
    summary: 'Accept or flag the evidence',
    tag: 'reviews',
    params: leasePathSchema,
    body: reviewRequestSchema,
    response: leaseDetailSchema,
    status: 201,
  },
  listAudit: {
    method: 'get',
    path: '/v1/audit',
    id: 'listAudit',
    summary: 'The audit log, newest first',
    tag: 'audit',
    query: auditListQuerySchema,
    response: auditListSchema,
  },
  exportAudit: {
    method: 'get',
    path: '/v1/audit/export',
    id: 'exportAudit',
    summary: 'The audit log as CSV or JSON lines, streamed',
    tag: 'audit',
    query: auditExportQuerySchema,
    response: z.string(),
    media: 'text/csv',
  },
  verifyAudit: {
    method: 'get',
    path: '/v1/audit/verify',
    id: 'verifyAudit',
    summary: 'Check the hash chain and the anchors',
    tag: 'audit',
    response: auditVerificationSchema,
  },
  insights: {
    method: 'get',
    path: '/v1/insights',
    id: 'getInsights',
    summary: 'Counts, durations and approval times',
    tag: 'audit',
    query: insightsQuerySchema,
    response: insightsSchema,
  },
  health: {
    method: 'get',
    path: '/v1/health',
    id: 'getHealth',
    summary: 'State of broker, log source, outbox, anchor and clock',
    tag: 'audit',
    response: healthSchema,
  },
} as const satisfies Record<string, RouteDefinition>;

/** Names of all routes. */
export type RouteName = keyof typeof routes;
