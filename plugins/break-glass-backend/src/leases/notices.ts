import { OutboxMessage, LeaseRow } from '../database/types';

/** Path of a lease in the portal. Links only lead to a page; they decide nothing (I12). */
export function leasePath(id: string): string {
  return `/break-glass/leases/${id}`;
}

/** A notification about a lease; none where nobody is to be told. */
export function notice(
  row: LeaseRow,
  recipients: string[],
  title: string,
  description: string,
  severity: 'low' | 'normal' | 'high' | 'critical' = 'normal',
): OutboxMessage[] {
  if (!recipients.length) {
    return [];
  }
  return [
    {
      kind: 'notification',
      recipients,
      title,
      description,
      link: leasePath(row.id),
      severity,
      topic: 'break-glass',
      scope: `break-glass:${row.id}`,
    },
  ];
}

/** Everything that a new state of a lease has to tell. Pages get a signal in any case. */
export const notices = {
  requested: (row: LeaseRow, who: string, approvers: string[]) => [
    ...notice(
      row,
      approvers,
      `${who} asks for ${row.roleTitle} on ${row.accountTitle}`,
      `${row.profileTitle}, ${row.durationMinutes} minutes. Open the request to decide.`,
      'high',
    ),
    signal(row),
  ],
  emergency: (row: LeaseRow, who: string, approvers: string[]) => [
    ...notice(
      row,
      approvers,
      `Emergency: ${who} took ${row.roleTitle} on ${row.accountTitle} without an approval`,
      `${row.profileTitle}, ${row.durationMinutes} minutes. Open the lease to read why; you can revoke it.`,
      'critical',
    ),
    signal(row),
  ],
  reminded: (row: LeaseRow, approvers: string[]) => [
    ...notice(
      row,
      approvers,
      `A request for ${row.roleTitle} on ${row.accountTitle} waits for you`,
      'Open the request to decide, before it lapses.',
      'high',
    ),
  ],
  escalated: (row: LeaseRow, recipients: string[]) => [
    ...notice(
      row,
      recipients,
      `Nobody has decided on ${row.roleTitle} on ${row.accountTitle}`,
      'The approvers were reminded. Open the request to see who they are.',
      'high',
    ),
  ],
  approved: (row: LeaseRow) => [
    ...notice(
      row,
      people(row),
      `Your access to ${row.accountTitle} is approved`,
      `${row.roleTitle} with ${row.profileTitle}. Open the lease for console or credentials.`,
      'high',
    ),
    signal(row),
  ],
  rejected: (row: LeaseRow) => [
    ...notice(
      row,
      people(row),
      `Your request for ${row.accountTitle} was rejected`,
      'Open the request to read why.',
    ),
    signal(row),
  ],
  lapsed: (row: LeaseRow) => [
    ...notice(
      row,
      people(row),
      `Your request for ${row.accountTitle} lapsed`,
      'Nobody decided in time. Ask again if you still need it.',
    ),
    signal(row),
  ],
  revoked: (row: LeaseRow) => [
    ...notice(
      row,
      people(row),
      `Your access to ${row.accountTitle} was revoked`,
      'Open the lease to see by whom.',
      'high',
    ),
    signal(row),
    { kind: 'kill', leaseId: row.id } as const,
    { kind: 'collect', leaseId: row.id } as const,
  ],
  ended: (row: LeaseRow) => [
    signal(row),
    { kind: 'kill', leaseId: row.id } as const,
    { kind: 'collect', leaseId: row.id } as const,
  ],
  expired: (row: LeaseRow) => [
    ...notice(
      row,
      people(row),
      `Your access to ${row.accountTitle} has ended`,
      'The time was up. What was done goes to review.',
      'low',
    ),
    signal(row),
    { kind: 'collect', leaseId: row.id } as const,
  ],
  changed: (row: LeaseRow) => [signal(row)],
};

function people(row: LeaseRow): string[] {
  return row.beneficiary && row.beneficiary !== row.requester
    ? [row.requester, row.beneficiary]
    : [row.requester];
}

/** Tells open pages that a lease changed. */
export function signal(row: LeaseRow): OutboxMessage {
  return { kind: 'signal', leaseId: row.id };
}
