import { Explanation } from 'backstage-plugin-break-glass-common';
import { inWords } from '../accounts/principals';
import { Person } from '../accounts/types';
import { PolicyFinding } from '../approvals';
import { RoleConfig } from '../config/types';
import { LeaseRow, Millis } from '../database/types';
import { allowed, explainEligible, refused } from '../leases/explain';
import { statusAt } from '../leases/lifecycle';

const WORDS: Partial<Record<ReturnType<typeof statusAt>, string>> = {
  pending: 'This lease is not approved yet. You are told as soon as it is.',
  scheduled: 'This lease has not started yet.',
};

/** The checks of I3 that need nothing but the lease, its role and the person. */
export interface IssueFacts {
  row: LeaseRow;
  person: Person;
  /** Absent where it left the configuration. */
  role: RoleConfig | undefined;
  accountOwner: string | undefined;
  /** Why the policy that people approved it under must not be used. */
  unsafe: PolicyFinding | undefined;
  now: Millis;
}

/**
 * Whether a person may have credentials under a lease now. The one rule that
 * issuing enforces and pages show.
 */
export function explainIssue(facts: IssueFacts): Explanation {
  const { row, person, role, accountOwner, unsafe, now } = facts;
  const holder = explainHolder(row, person, now);
  if (!holder.allowed) {
    return holder;
  }
  if (!role) {
    return refused(
      'role-unknown',
      `The role ${row.roleTitle} is no longer offered. Request a new lease for another one.`,
    );
  }
  return unsafe
    ? refused(unsafe.code, unsafe.message)
    : explainEligible(role, person, accountOwner, inWords(role.eligible));
}

/** The part that asks nobody else: it is the person's own lease, and it is active. */
export function explainHolder(
  row: LeaseRow,
  person: Person,
  now: Millis,
): Explanation {
  return row.requester === person.ref
    ? explainState(row, now)
    : refused(
        'not-requester',
        'Only the person who asked for a lease gets credentials under it.',
      );
}

/** Whether the lease itself lets credentials out now; looked at again inside every write. */
export function explainState(row: LeaseRow, now: Millis): Explanation {
  const status = statusAt(row, now);
  if (status !== 'active') {
    return refused(
      'no-active-lease',
      WORDS[status] ?? `This lease is ${status}. Request a new one.`,
    );
  }
  return row.issuingStopped
    ? refused('issuing-stopped', row.issuingStopped)
    : allowed;
}
