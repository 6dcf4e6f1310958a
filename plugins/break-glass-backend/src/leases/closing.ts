import { BreakGlassConfig, RoleConfig } from '../config/types';
import { LeaseRow, Millis } from '../database/types';

const MINUTE = 60_000;

/**
 * What a lease that is over and goes to review carries besides its state: when
 * the review is due, that its activity is to be collected, and whether live
 * credentials are to be killed. What the lease was issued under decides, not what
 * the configuration says now; a role that left it is killed too (I4).
 */
export function intoReview(
  config: BreakGlassConfig,
  row: LeaseRow,
  closedAt: Millis,
  now: Millis,
  killLive: boolean,
): Partial<LeaseRow> {
  const role = config.roles.find(each => each.id === row.roleId);
  return {
    reviewState: 'collecting',
    reviewDueAt: closedAt + reviewMinutes(config, row) * MINUTE,
    collectDueAt: now,
    ...(killLive && killChange(row, role, now)),
  };
}

/** What was activated without an approval is looked at sooner, as its policy said. */
function reviewMinutes(config: BreakGlassConfig, row: LeaseRow): number {
  const { emergency } = row.scope.approvalPolicy;
  return row.approvalKind === 'emergency' && emergency
    ? emergency.reviewMinutes
    : config.review.dueMinutes;
}

function killChange(
  row: LeaseRow,
  role: RoleConfig | undefined,
  now: Millis,
): Partial<LeaseRow> {
  return row.killPolicyArn === undefined && role?.kill.type === 'none'
    ? { kill: 'not-deployed' }
    : { kill: 'requested', killRequestedAt: now };
}
