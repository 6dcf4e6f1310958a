import { Explanation } from 'backstage-plugin-break-glass-common';
import { Person } from '../../accounts/types';
import { DecisionAnalysis } from '../../approvals/types';
import { RoleConfig } from '../../config/types';
import { ExtensionRow, LeaseRow, Millis } from '../../database/types';
import { allowed, refused } from '../explain';
import { DecisionContext, explainPolicies } from '../explainDecide';
import { statusAt } from '../lifecycle';

/** Shortest extension, in minutes. */
export const MIN_EXTENSION_MINUTES = 5;

/** Status of an extension as the clock says: one that waits lapses with its lease. */
export function extensionStatusAt(
  extension: ExtensionRow,
  lease: LeaseRow,
  now: Millis,
): ExtensionRow['status'] | 'lapsed' {
  return extension.status === 'pending' && statusAt(lease, now) !== 'active'
    ? 'lapsed'
    : extension.status;
}

/** How many minutes a lease can still be made longer by. */
export function minutesLeft(
  row: LeaseRow,
  role: Pick<RoleConfig, 'maxDurationMinutes'> | undefined,
): number {
  return Math.max(0, (role?.maxDurationMinutes ?? 0) - row.durationMinutes);
}

/** Whether a person can ask for more time, as far as the lease itself says. */
export function explainExtend(
  row: LeaseRow,
  facts: {
    caller: string;
    role: RoleConfig | undefined;
    extensions: ExtensionRow[];
  },
  now: Millis,
): Explanation {
  if (row.requester !== facts.caller) {
    return refused(
      'not-requester',
      'Only the person who asked for a lease can ask for more time.',
    );
  }
  if (statusAt(row, now) !== 'active') {
    return refused(
      'wrong-status',
      `This lease is ${statusAt(
        row,
        now,
      )}; only one that is active can be extended.`,
    );
  }
  if (row.issuingStopped) {
    return refused('issuing-stopped', row.issuingStopped);
  }
  if (row.approvalKind === 'emergency') {
    return refused(
      'emergency-not-allowed',
      'An emergency is short and cannot be extended. Request a lease.',
    );
  }
  if (minutesLeft(row, facts.role) < MIN_EXTENSION_MINUTES) {
    return refused(
      'duration-limit',
      `This lease has the longest duration that ${row.roleTitle} allows. Request a new one.`,
    );
  }
  return facts.extensions.some(({ status }) => status === 'pending')
    ? refused('conflict', 'An extension of this lease waits already.')
    : allowed;
}

/** Whether a person may decide on an extension: by the policies that the lease took, on decisions about the extension alone. */
export function explainDecideExtension(
  context: DecisionContext,
  extension: ExtensionRow,
  person: Person | undefined,
  now: Millis,
  stepId?: string,
): DecisionAnalysis {
  const analysis = explainPolicies(context, person, stepId);
  if (!analysis.allowed && analysis.stepIds.length === 0) {
    return analysis;
  }
  const status = extensionStatusAt(extension, context.row, now);
  return status === 'pending'
    ? analysis
    : {
        ...refused(
          status === 'lapsed' ? 'lapsed' : 'wrong-status',
          `This extension is ${status}; there is nothing left to decide.`,
        ),
        stepIds: [],
      };
}
