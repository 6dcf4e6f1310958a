import { z } from 'zod';
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
  brokerCheckSchema,
  brokerChecksQuerySchema,
  brokerChecksSchema,
} from './brokerCheck';
import { RouteDefinition } from './routeDefinition';

/** The audit log, insights and health. */
export const auditRoutes = {
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
  startBrokerCheck: {
    method: 'post',
    path: '/v1/broker-checks',
    id: 'startBrokerCheck',
    summary: 'Check whether the broker can use the roles of all accounts',
    tag: 'audit',
    response: brokerCheckSchema,
    status: 202,
  },
  getBrokerCheck: {
    method: 'get',
    path: '/v1/broker-checks',
    id: 'getBrokerCheck',
    summary: 'The newest check of the broker, with what it found',
    tag: 'audit',
    query: brokerChecksQuerySchema,
    response: brokerChecksSchema,
  },
} as const satisfies Record<string, RouteDefinition>;
