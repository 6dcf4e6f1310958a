// Used by tests only, though not one itself.
import {
  ErrorCode,
  RouteInput,
  RouteName,
} from 'backstage-plugin-break-glass-common';
import { aRequest } from './aLease';
import { LeasesOfEveryKind, LeasesOnAnAccount } from './leasesOfEveryKind';
import { anId } from './rows';

/** Where a route stands to the permission framework. */
export interface RouteStance<N extends RouteName = RouteName> {
  /** Somebody whom the rules let call it. */
  as: string;
  input(of: LeasesOnAnAccount, all: LeasesOfEveryKind): RouteInput<N>;
  /**
   * With what a policy that denies everything refuses it. Without: no policy is asked
   * whether it may be called at all, and `ungoverned` says why.
   */
  denied?: ErrorCode;
  ungoverned?: string;
  /** Whether it is about one lease, so that conditions on leases decide, and what it does with it. */
  lease?: 'read' | 'change';
}

const id = (lease: string) => ({ params: { id: lease } });
const path = { kind: 'resource', namespace: 'default', name: 'payroll' };
const comment = 'Looked at with the owner';
const checklist = {
  ended: true,
  matchesReason: true,
  rotated: true,
  lessons: true,
};
const usesChecklist = {
  credentialsRotated: true,
  accessRevoked: true,
  lessonsLearned: true,
};
const HASH = 'a'.repeat(64);
const decision = {
  verdict: 'approve' as const,
  scopeHash: HASH,
  term: { durationMinutes: 120 },
};
const LIST =
  'It answers with what the policy leaves of the leases: the list is narrowed, not refused.';
const OWN = 'Nobody is kept from giving up what is their own (I4).';

/** Of each route of the contract. */
export const routeStances: { [N in RouteName]: RouteStance<N> } = {
  me: { as: 'mary', input: () => ({}), ungoverned: LIST },
  listAccounts: {
    as: 'mary',
    input: () => ({ query: {} }),
    denied: 'not-permitted',
  },
  getAccount: {
    as: 'mary',
    input: () => ({ params: path }),
    denied: 'not-permitted',
  },
  createStandingSession: {
    as: 'bob',
    input: () => ({
      params: path,
      body: { roleId: 'read-only', type: 'credentials' },
    }),
    denied: 'not-permitted',
  },
  listProfiles: { as: 'mary', input: () => ({}), denied: 'not-permitted' },
  previewLease: {
    as: 'mary',
    input: () => ({ body: aRequest() }),
    denied: 'not-permitted',
  },
  requestLease: {
    as: 'mary',
    input: () => ({ body: aRequest() }),
    denied: 'not-permitted',
  },
  listLeases: { as: 'mary', input: () => ({ query: {} }), ungoverned: LIST },
  getLease: {
    as: 'mary',
    input: ({ active }) => id(active),
    denied: 'lease-unknown',
    lease: 'read',
  },
  decideLease: {
    as: 'daniel',
    input: ({ pending }) => ({ ...id(pending), body: decision }),
    denied: 'not-permitted',
    lease: 'change',
  },
  cancelLease: {
    as: 'mary',
    input: ({ pending }) => ({ ...id(pending), body: {} }),
    ungoverned: OWN,
  },
  endLease: {
    as: 'mary',
    input: ({ active }) => ({ ...id(active), body: {} }),
    ungoverned: OWN,
  },
  revokeLease: {
    as: 'nadia',
    input: ({ active }) => ({ ...id(active), body: {} }),
    denied: 'not-permitted',
    lease: 'change',
  },
  requestExtension: {
    as: 'mary',
    input: ({ active }) => ({
      ...id(active),
      body: { minutes: 30, reason: 'It takes longer' },
    }),
    denied: 'not-permitted',
  },
  decideExtension: {
    as: 'daniel',
    input: ({ active }) => ({
      params: { id: active, extensionId: anId() },
      body: decision,
    }),
    denied: 'not-permitted',
    lease: 'change',
  },
  cancelExtension: {
    as: 'mary',
    input: ({ active }) => ({
      params: { id: active, extensionId: anId() },
      body: {},
    }),
    ungoverned: OWN,
  },
  createSession: {
    as: 'mary',
    input: ({ active }) => ({ ...id(active), body: { type: 'credentials' } }),
    denied: 'not-permitted',
    lease: 'change',
  },
  listActivity: {
    as: 'mary',
    input: ({ ended }) => ({ ...id(ended), query: {} }),
    denied: 'lease-unknown',
    lease: 'read',
  },
  getActivityRecord: {
    as: 'mary',
    input: ({ ended, eventId }) => ({ params: { id: ended, eventId } }),
    denied: 'lease-unknown',
    lease: 'read',
  },
  collectActivity: {
    as: 'rita',
    input: ({ ended }) => id(ended),
    denied: 'not-permitted',
    lease: 'change',
  },
  getTimeline: {
    as: 'mary',
    input: ({ ended }) => ({ ...id(ended), query: {} }),
    denied: 'lease-unknown',
    lease: 'read',
  },
  getHistogram: {
    as: 'mary',
    input: ({ ended }) => ({ ...id(ended), query: {} }),
    denied: 'lease-unknown',
    lease: 'read',
  },
  getUnderstanding: {
    as: 'mary',
    input: ({ ended }) => id(ended),
    denied: 'lease-unknown',
    lease: 'read',
  },
  exportEvidence: {
    as: 'mary',
    input: ({ ended }) => id(ended),
    denied: 'lease-unknown',
    lease: 'read',
  },
  checkEvidence: {
    as: 'rita',
    input: ({ ended }) => id(ended),
    denied: 'not-permitted',
    lease: 'change',
  },
  reviewLease: {
    as: 'rita',
    input: ({ ended }) => ({
      ...id(ended),
      body: {
        verdict: 'accepted',
        comment,
        checklist,
        followUps: [],
        evidenceHash: HASH,
      },
    }),
    denied: 'not-permitted',
    lease: 'change',
  },
  decideResidue: {
    as: 'rita',
    input: ({ ended }) => ({
      params: { id: ended, key: HASH },
      body: { state: 'removed', comment },
    }),
    denied: 'not-permitted',
    lease: 'change',
  },
  assignReview: {
    as: 'rita',
    input: ({ ended }) => ({
      ...id(ended),
      body: { reviewer: 'user:default/rita' },
    }),
    denied: 'not-permitted',
    lease: 'change',
  },
  reopenReview: {
    as: 'rita',
    input: ({ ended }) => ({ ...id(ended), body: { comment } }),
    denied: 'not-permitted',
    lease: 'change',
  },
  reviewInBulk: {
    as: 'rita',
    input: ({ ended }) => ({ body: { leaseIds: [ended], comment } }),
    ungoverned: 'The policy is asked of each lease of the bulk.',
  },
  listFollowUps: {
    as: 'mary',
    input: () => ({ query: {} }),
    ungoverned: LIST,
  },
  finishFollowUp: {
    as: 'mary',
    input: ({ followUpId }) => ({
      params: { id: followUpId },
      body: { comment },
    }),
    denied: 'not-permitted',
  },
  listUnbrokered: {
    as: 'oscar',
    input: () => ({ query: {} }),
    denied: 'not-permitted',
  },
  getUnbrokered: {
    as: 'oscar',
    input: (_, { useId }) => id(useId),
    denied: 'unbrokered-unknown',
  },
  listUnbrokeredActivity: {
    as: 'oscar',
    input: (_, { useId }) => ({ ...id(useId), query: {} }),
    denied: 'unbrokered-unknown',
  },
  assignUnbrokered: {
    as: 'oscar',
    input: (_, { useId }) => ({
      ...id(useId),
      body: { owner: 'user:default/nadia' },
    }),
    denied: 'not-permitted',
  },
  justifyUnbrokered: {
    as: 'oscar',
    input: (_, { useId }) => ({
      ...id(useId),
      body: { text: 'The portal was down' },
    }),
    denied: 'not-permitted',
  },
  reviewUnbrokered: {
    as: 'rita',
    input: (_, { useId }) => ({
      ...id(useId),
      body: {
        verdict: 'accepted',
        comment,
        checklist: usesChecklist,
        followUps: [],
        version: 1,
      },
    }),
    denied: 'not-permitted',
  },
  raisePanic: {
    as: 'nadia',
    input: () => ({
      body: {
        target: { kind: 'person', ref: 'user:default/frank' },
        reason: 'His laptop was stolen',
      },
    }),
    denied: 'not-permitted',
  },
  listPanics: {
    as: 'nadia',
    input: () => ({ query: {} }),
    ungoverned:
      'Responders and auditors see what is stopped, whatever else a policy takes from them.',
  },
  liftPanic: {
    as: 'oscar',
    input: () => ({ ...id(anId()), body: { reason: 'It was found' } }),
    denied: 'not-permitted',
  },
  listAudit: {
    as: 'ada',
    input: ({ active }) => ({ query: { leaseId: active } }),
    denied: 'not-permitted',
  },
  exportAudit: {
    as: 'ada',
    input: () => ({ query: {} }),
    denied: 'not-permitted',
  },
  verifyAudit: { as: 'ada', input: () => ({}), denied: 'not-permitted' },
  insights: {
    as: 'ada',
    input: () => ({ query: {} }),
    denied: 'not-permitted',
  },
  health: { as: 'ada', input: () => ({}), denied: 'not-permitted' },
  startBrokerCheck: {
    as: 'nadia',
    input: () => ({}),
    denied: 'not-permitted',
  },
  getBrokerCheck: {
    as: 'nadia',
    input: () => ({ query: {} }),
    denied: 'not-permitted',
  },
};
