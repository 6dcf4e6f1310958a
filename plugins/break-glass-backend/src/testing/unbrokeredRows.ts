import { UnbrokeredReviewRow, UnbrokeredRow } from '../database/types';
import { anId, NOON } from './rows';

const MINUTE = 60_000;

/** A use of the break-glass role by a stranger, found in the logs, that nobody explained. */
export function aUseRow(change: Partial<UnbrokeredRow> = {}): UnbrokeredRow {
  const id = change.id ?? anId();
  return {
    id,
    version: 1,
    identity: id.padStart(64, '0').toLowerCase(),
    state: 'open',
    kind: 'assume-role',
    at: NOON,
    foundAt: NOON + 5 * MINUTE,
    via: 'search',
    seenInLogs: true,
    accountRef: 'resource:default/payroll',
    accountTitle: 'Payroll',
    accountId: '111122223333',
    partition: 'aws',
    roleId: 'break-glass',
    roleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
    sessionArn:
      'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mallory',
    principal: 'arn:aws:iam::111122223333:user/break-glass-1',
    sessionName: 'mallory',
    accessKeyIds: ['ASIASTRANGER00000001'],
    sourceIp: '203.0.113.7',
    userAgent: 'aws-cli/2.9.19',
    words: 'Somebody assumed Break glass.',
    owner: 'group:default/incident-responders',
    dueAt: NOON + 24 * 60 * MINUTE,
    eventCount: 0,
    collectDueAt: NOON + 5 * MINUTE,
    ...change,
  };
}

/** Rita's acceptance of a use. */
export function aUseReviewRow(
  change: Partial<UnbrokeredReviewRow> & { useId: string },
): UnbrokeredReviewRow {
  return {
    id: anId(),
    reviewer: 'user:default/rita',
    verdict: 'accepted',
    comment: 'The exercise of the first of October',
    checklist: {
      credentialsRotated: true,
      accessRevoked: true,
      lessonsLearned: true,
    },
    followUps: [],
    at: NOON + 60 * MINUTE,
    ...change,
  };
}
