import { isWrite } from '../../database/activityConditions';
import { ActivityGroup } from '../../database/types';
import { iamActionOf } from '../iamAction';
import { needsNoPermission } from '../sensitive';

/** Calls of one kind, with what they mean. */
export interface UnderstoodGroup extends ActivityGroup {
  isWrite: boolean;
  /** Permission behind the call, e.g. `s3:GetObject`; absent where IAM's data has none. */
  permission?: string;
  /** Needs no permission, so that a profile need not name it. */
  isFree: boolean;
}

/** Signing in is no permission. */
const SIGN_IN = 'signin';

/** What stored groups mean. The service was found by IAM's data when the events were stored. */
export async function understood(
  group: ActivityGroup,
): Promise<UnderstoodGroup> {
  const { action } = await iamActionOf(
    `${group.service}.amazonaws.com`,
    group.action,
  );
  const permission = action && `${group.service}:${action}`;
  return {
    ...group,
    isWrite: isWrite(group),
    permission,
    isFree:
      group.service === SIGN_IN ||
      (permission !== undefined && needsNoPermission(permission)),
  };
}
