import { BreakGlassConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { whichProfileAllows } from '../profiles';

/** Names a profile that would have allowed an action, such as `s3:GetObject`; or none. */
export type ProfileHint = (action: string) => string | undefined;

/**
 * Hints for the refused calls of a lease: the title of the narrowest other
 * profile of its role that allows the action. None where its own profile allows
 * it too: then something else refused the call.
 */
export function profileHintFor(
  config: Pick<BreakGlassConfig, 'roles' | 'profiles'>,
  lease: Pick<LeaseRow, 'roleId' | 'profileId'>,
): ProfileHint {
  const role = config.roles.find(each => each.id === lease.roleId);
  const own = config.profiles.filter(each => each.id === lease.profileId);
  const others = config.profiles.filter(
    each => each.id !== lease.profileId && role?.profiles.includes(each.id),
  );
  const hints = new Map<string, string | undefined>();
  return action => {
    if (!hints.has(action)) {
      const hint = whichProfileAllows(action, own)
        ? undefined
        : whichProfileAllows(action, others)?.title;
      hints.set(action, hint);
    }
    return hints.get(action);
  };
}
