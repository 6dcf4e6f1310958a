import { StatementConfig } from '../config/types';
import { asList, coversAction } from './actionPatterns';
import { reachesAllOf, Target } from './resourcePatterns';

/** What of one Allow is left on one of its targets by the denies beside it, as far as that is certain. */
export type AllowedActions =
  | {
      everything: true;
      /** Patterns of actions that are left out of it. */
      but: string[];
    }
  | {
      everything: false;
      /** Patterns; what they match still has to pass {@link isLeft}. */
      patterns: string[];
    };

/** Actions that an Allow names for one of its targets, before denies are looked at one by one. */
export function allowedActions(
  allow: StatementConfig,
  target: Target,
  denies: StatementConfig[],
): AllowedActions {
  const unlimited =
    allow.NotAction !== undefined || asList(allow.Action).includes('*');
  if (!unlimited) {
    return { everything: false, patterns: asList(allow.Action) };
  }
  const sure = denies.filter(deny => isSure(deny, target));
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

/** Whether a Deny holds, for certain, for all of a target. */
export function isSure(deny: StatementConfig, { pattern }: Target): boolean {
  return deny.Condition === undefined && reachesAllOf(deny, pattern);
}

/** Whether an Allow allows an action on one of its targets, where no Deny takes it all away for certain. */
export function isLeft(
  action: string,
  target: Target,
  allow: StatementConfig,
  denies: StatementConfig[],
): boolean {
  return (
    coversAction(allow, action) &&
    !denies.some(deny => isSure(deny, target) && coversAction(deny, action))
  );
}
