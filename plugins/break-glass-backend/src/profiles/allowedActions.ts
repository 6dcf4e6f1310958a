import { StatementConfig } from '../config/types';
import { asList, coversAction } from './actionPatterns';
import { reachesAllOf, takesAway, Target, targetsOf } from './resourcePatterns';

/** What of one Allow is left by the denies beside it, as far as that is certain. */
export type AllowedActions =
  | {
      everything: true;
      /** Patterns of actions that are left out of it. */
      but: string[];
    }
  | {
      everything: false;
      /** Patterns; what they match still has to pass {@link leftOf}. */
      patterns: string[];
    };

/** Actions that an Allow names, before denies are looked at one by one. */
export function allowedActions(
  allow: StatementConfig,
  denies: StatementConfig[],
): AllowedActions {
  if (targetsOf(allow).length === 0) {
    return { everything: false, patterns: [] };
  }
  const unlimited =
    allow.NotAction !== undefined || asList(allow.Action).includes('*');
  if (!unlimited) {
    return { everything: false, patterns: asList(allow.Action) };
  }
  const sure = denies.filter(deny => isSure(deny, allow));
  // Of everything, a deny of all but a few leaves the few, which can be named.
  const few = sure.find(
    ({ NotAction }) => NotAction && !asList(NotAction).includes('*'),
  );
  if (few) {
    return { everything: false, patterns: asList(few.NotAction) };
  }
  const but = [allow, ...sure].flatMap(({ Effect, Action, NotAction }) =>
    asList(Effect === 'Deny' ? Action : NotAction),
  );
  return but.includes('*')
    ? { everything: false, patterns: [] }
    : { everything: true, but: [...new Set(but)].sort() };
}

/** Whether a Deny holds, for certain, for all that an Allow reaches. */
export function isSure(deny: StatementConfig, allow: StatementConfig): boolean {
  return (
    deny.Condition === undefined &&
    targetsOf(allow).every(({ pattern }) => reachesAllOf(deny, pattern))
  );
}

/** Targets of an Allow on which an action is not denied for certain. */
export function leftOf(
  allow: StatementConfig,
  denies: StatementConfig[],
  action: string,
): Target[] {
  return coversAction(allow, action)
    ? targetsOf(allow).filter(
        target => !denies.some(deny => takesAway(deny, action, target)),
      )
    : [];
}
