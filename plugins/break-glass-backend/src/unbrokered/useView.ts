import {
  UnbrokeredReview,
  UnbrokeredUse,
} from 'backstage-plugin-break-glass-common';
import { BreakGlassConfig } from '../config/types';
import { Millis, UnbrokeredReviewRow, UnbrokeredRow } from '../database/types';
import { iso } from '../leases/leaseView';

/** Refs of a use that are shown by name. */
export function refsIn(row: UnbrokeredRow): string[] {
  return [row.owner, row.justifiedBy].flatMap(ref => ref ?? []);
}

/** A use as lists show it. */
export function useView(
  row: UnbrokeredRow,
  facts: {
    config: Pick<BreakGlassConfig, 'roles'>;
    names: Map<string, string>;
    now: Millis;
  },
): UnbrokeredUse {
  const person = (ref: string) => ({
    ref,
    displayName: facts.names.get(ref) ?? ref,
  });
  const role = facts.config.roles.find(({ id }) => id === row.roleId);
  const { accountRef, accountTitle, accountId, partition } = row;
  const waits = row.state === 'open' || row.state === 'justified';
  return {
    id: row.id,
    state: row.state,
    kind: row.kind,
    at: iso(row.at),
    foundAt: iso(row.foundAt),
    via: row.via,
    seenInLogs: row.seenInLogs,
    account: { ref: accountRef, title: accountTitle, accountId, partition },
    role:
      row.roleId === undefined
        ? undefined
        : { id: row.roleId, title: role?.title ?? row.roleId },
    roleArn: row.roleArn,
    principal: row.principal,
    emergencyUser: row.emergencyUser,
    sessionName: row.sessionName,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
    leaseId: row.leaseId,
    words: row.words,
    owner: row.owner === undefined ? undefined : person(row.owner),
    dueAt: iso(row.dueAt),
    overdue: waits && row.dueAt < facts.now,
    justification:
      row.justifiedBy === undefined
        ? undefined
        : {
            by: person(row.justifiedBy),
            at: iso(row.justifiedAt ?? row.foundAt),
            text: row.justification ?? '',
            ticket: row.ticket,
          },
    eventCount: row.eventCount,
  };
}

/** A verdict as pages show it. */
export function useReviewView(row: UnbrokeredReviewRow): UnbrokeredReview {
  const { id, reviewer, verdict, comment, checklist, followUps, at } = row;
  return {
    id,
    by: reviewer,
    verdict,
    comment,
    checklist,
    followUps,
    at: iso(at),
  };
}
