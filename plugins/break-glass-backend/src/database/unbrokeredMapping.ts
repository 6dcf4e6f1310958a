import { mapping } from './columns';
import { UnbrokeredReviewRow, UnbrokeredRow } from './types';

/** Columns of `unbrokered_uses`. */
export const useMapping = mapping<UnbrokeredRow>({
  id: 'text',
  version: 'integer',
  identity: 'text',
  state: 'text',
  kind: 'text',
  at: 'integer',
  foundAt: 'integer',
  via: 'text',
  seenInLogs: 'boolean',
  accountRef: 'text',
  accountTitle: 'text',
  accountId: 'text',
  partition: 'text',
  roleId: 'text',
  roleArn: 'text',
  sessionArn: 'text',
  principal: 'text',
  emergencyUser: 'text',
  sessionName: 'text',
  accessKeyIds: 'json',
  sourceIp: 'text',
  userAgent: 'text',
  leaseId: 'text',
  words: 'text',
  owner: 'text',
  person: 'text',
  dueAt: 'integer',
  justifiedBy: 'text',
  justifiedAt: 'integer',
  justification: 'text',
  ticket: 'text',
  eventCount: 'integer',
  collectDueAt: 'integer',
  remindedAt: 'integer',
  escalatedAt: 'integer',
});

/** Columns of `unbrokered_reviews`. */
export const reviewMapping = mapping<UnbrokeredReviewRow>({
  id: 'text',
  useId: 'text',
  reviewer: 'text',
  verdict: 'text',
  comment: 'text',
  checklist: 'json',
  followUps: 'json',
  at: 'integer',
});
