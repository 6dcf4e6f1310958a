import { BreakGlassConfig, RoleConfig } from '../config/types';
import { LeaseRow, Millis } from '../database/types';

const MINUTE = 60_000;

/**
 * What a lease that is over and goes to review carries besides its state: when
 * the review is due, that its activity is to be collected, and whether live
 * credentials are to be killed. A role that left the configuration is killed
 * too (I4): its boundary may still be there.
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
    reviewDueAt: closedAt + config.review.dueMinutes * MINUTE,
    collectDueAt: now,
    ...(killLive && killChange(role, now)),
  };
}

function killChange(
  role: RoleConfig | undefined,
  now: Millis,
): Partial<LeaseRow> {
  return role?.kill.type === 'none'
    ? { kill: 'not-deployed' }
    : { kill: 'requested', killRequestedAt: now };
}
