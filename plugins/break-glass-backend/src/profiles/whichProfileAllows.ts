import { ProfileConfig, StatementConfig } from '../config/types';
import { asList, matchesAction } from './actionPatterns';
import { isLeft } from './allowedActions';
import { targetsOf } from './resourcePatterns';
import { withoutChaining } from './sessionPolicy';

/** How far a profile reaches beyond the action: the less, the better the advice. */
const EXACT = 0;
const PART_OF_SERVICE = 1;
const WHOLE_SERVICE = 2;
const EVERYTHING = 3;

/**
 * The narrowest profile that allows an action on some resource, to advise where a call was refused.
 * Managed policies are not looked into. Among equals the first in the configuration.
 * @param action - e.g. `secretsmanager:GetSecretValue`
 */
export function whichProfileAllows(
  action: string,
  profiles: ProfileConfig[],
): ProfileConfig | undefined {
  return whichProfilesAllow(action, profiles)[0];
}

/** All of them, narrowest first. */
export function whichProfilesAllow(
  action: string,
  profiles: ProfileConfig[],
): ProfileConfig[] {
  return profiles
    .map(profile => ({ profile, reach: reachOf(profile, action) }))
    .filter(({ reach }) => reach !== undefined)
    .sort((a, b) => a.reach! - b.reach!)
    .map(({ profile }) => profile);
}

function reachOf(profile: ProfileConfig, action: string): number | undefined {
  const statements = withoutChaining(profile);
  const denies = statements.filter(({ Effect }) => Effect === 'Deny');
  const reaches = statements
    .filter(
      it =>
        it.Effect === 'Allow' &&
        targetsOf(it).some(target => isLeft(action, target, it, denies)),
    )
    .flatMap(it => reachesOf(it, action));
  return reaches.length === 0 ? undefined : Math.min(...reaches);
}

function reachesOf(statement: StatementConfig, action: string): number[] {
  if (statement.NotAction !== undefined) {
    return [EVERYTHING];
  }
  return asList(statement.Action)
    .filter(pattern => matchesAction(pattern, action))
    .map(pattern => {
      const name = pattern.split(':')[1];
      if (name === undefined) {
        return EVERYTHING;
      }
      if (name === '*') {
        return WHOLE_SERVICE;
      }
      return /[*?]/.test(name) ? PART_OF_SERVICE : EXACT;
    });
}
