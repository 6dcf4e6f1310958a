import type { RouteName } from './contract';

/** How Backstage's auditor weighs an event. */
export type AuditorSeverity = 'low' | 'medium' | 'high' | 'critical';

/** An event of Backstage's auditor. */
export interface AuditorEvent {
  /** Stable: alarms may be built on it. */
  eventId: string;
  severityLevel: AuditorSeverity;
}

const reads = (eventId: string): AuditorEvent => ({
  eventId,
  severityLevel: 'low',
});
const writes = (eventId: string): AuditorEvent => ({
  eventId,
  severityLevel: 'medium',
});
const grants = (eventId: string): AuditorEvent => ({
  eventId,
  severityLevel: 'high',
});
const stops = (eventId: string): AuditorEvent => ({
  eventId,
  severityLevel: 'critical',
});

/** What each route tells Backstage's auditor, beside the plugin's own audit log. */
export const auditorEvents = {
  me: reads('caller-fetch'),
  listAccounts: reads('account-fetch'),
  getAccount: reads('account-fetch'),
  listProfiles: reads('profile-fetch'),
  createStandingSession: grants('standing-session-create'),
  previewLease: reads('lease-preview'),
  requestLease: writes('lease-request'),
  listLeases: reads('lease-fetch'),
  getLease: reads('lease-fetch'),
  decideLease: grants('lease-decide'),
  cancelLease: writes('lease-cancel'),
  endLease: writes('lease-end'),
  revokeLease: grants('lease-revoke'),
  requestExtension: writes('extension-request'),
  decideExtension: grants('extension-decide'),
  cancelExtension: writes('extension-cancel'),
  createSession: grants('session-create'),
  listActivity: reads('activity-fetch'),
  getActivityRecord: reads('activity-record-fetch'),
  collectActivity: writes('activity-collect'),
  getTimeline: reads('activity-fetch'),
  getHistogram: reads('activity-fetch'),
  getUnderstanding: reads('activity-fetch'),
  exportEvidence: writes('evidence-export'),
  checkEvidence: writes('evidence-check'),
  reviewLease: grants('review-create'),
  reviewInBulk: grants('review-create'),
  decideResidue: writes('residue-decide'),
  assignReview: writes('review-assign'),
  reopenReview: writes('review-reopen'),
  listFollowUps: reads('follow-up-fetch'),
  finishFollowUp: writes('follow-up-finish'),
  listUnbrokered: reads('unbrokered-fetch'),
  getUnbrokered: reads('unbrokered-fetch'),
  listUnbrokeredActivity: reads('unbrokered-fetch'),
  assignUnbrokered: writes('unbrokered-assign'),
  justifyUnbrokered: writes('unbrokered-justify'),
  reviewUnbrokered: grants('unbrokered-review'),
  raisePanic: stops('panic-raise'),
  liftPanic: stops('panic-lift'),
  listPanics: reads('panic-fetch'),
  listAudit: reads('audit-fetch'),
  exportAudit: writes('audit-export'),
  verifyAudit: reads('audit-verify'),
  insights: reads('insights-fetch'),
  health: reads('health-fetch'),
  startBrokerCheck: writes('broker-check-start'),
  getBrokerCheck: reads('broker-check-fetch'),
} as const satisfies Record<RouteName, AuditorEvent>;
