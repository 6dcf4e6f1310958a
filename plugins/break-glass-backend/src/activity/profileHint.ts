import { BreakGlassConfig, ProfileConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { whichProfileAllows, whichProfilesAllow } from '../profiles';

/** Names a profile that would have allowed an action, such as `s3:GetObject`; or none. */
export type ProfileHint = (action: string) => string | undefined;

/** What a call lacked, as far as profiles are concerned. */
export interface Lack {
  /** Other profiles of the role that allow the action, narrowest first. */
  profiles: ProfileConfig[];
}

/**
 * Tells for the refused calls of a lease whether its profile lacks the action,
 * and who has it. Undefined where its own profile allows it too: then something
 * else refused the call.
 */
export function lacksOf(
  config: Pick<BreakGlassConfig, 'roles' | 'profiles'>,
  lease: Pick<LeaseRow, 'roleId' | 'profileId'>,
): (action: string) => Lack | undefined {
  const role = config.roles.find(each => each.id === lease.roleId);
  const own = config.profiles.filter(each => each.id === lease.profileId);
  const others = config.profiles.filter(
    each => each.id !== lease.profileId && role?.profiles.includes(each.id),
  );
  const lacks = new Map<string, Lack | undefined>();
  return action => {
    if (!lacks.has(action)) {
      const lack = whichProfileAllows(action, own)
        ? undefined
        : { profiles: whichProfilesAllow(action, others) };
      lacks.set(action, lack);
    }
    return lacks.get(action);
  };
}

/** Hints for the refused calls of a lease: the title of the narrowest other profile of its role that allows the action. */
export function profileHintFor(...of: Parameters<typeof lacksOf>): ProfileHint {
  const lack = lacksOf(...of);
  return action => lack(action)?.profiles[0]?.title;
}
