import { Explanation } from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { BreakGlassConfig } from '../config/types';
import { UnbrokeredRow } from '../database/types';
import { allowed, refused } from '../leases/explain';
import { isNamedIn, refsOf } from './isNamedIn';

/** The groups that the rules look at. */
export type UseRoles = Pick<
  BreakGlassConfig,
  'reviewers' | 'responders' | 'auditors'
>;
/** What of a use the rules look at. */
export type JudgedUse = Pick<
  UnbrokeredRow,
  'state' | 'owner' | 'person' | 'justifiedBy' | 'principal'
>;

/** Whether a person reads all uses: who reviews, responds or audits does. Pure. */
export function readsAllUses(config: UseRoles, person: Person): boolean {
  return [config.reviewers, config.responders, config.auditors].some(each =>
    matches(each, person),
  );
}

/** Whether a use is for a person to explain: as the person named, or as a member of the group named. Pure. */
export function isOwnUse(
  use: Pick<JudgedUse, 'owner'>,
  person: Person,
): boolean {
  return (
    use.owner !== undefined &&
    (use.owner === person.ref || person.groups.has(use.owner))
  );
}

/** Whether a person may read a use. Pure. */
export function mayReadUse(
  config: UseRoles,
  use: JudgedUse,
  person: Person,
): boolean {
  return readsAllUses(config, person) || isOwnUse(use, person);
}

/** Whether a person may name who has to explain a use. Pure. */
export function explainAssign(
  config: UseRoles,
  use: JudgedUse,
  person: Person,
): Explanation {
  if (
    !matches(config.reviewers, person) &&
    !matches(config.responders, person)
  ) {
    return refused(
      'not-responder',
      'Only responders and reviewers can name who has to explain this.',
    );
  }
  return undecided(use);
}

/** Whether a person may explain a use. Pure. */
export function explainJustify(use: JudgedUse, person: Person): Explanation {
  if (!isOwnUse(use, person)) {
    return refused(
      'not-unbrokered-owner',
      'Only who was named to explain this can do so.',
    );
  }
  return use.state === 'justified'
    ? refused(
        'wrong-status',
        'This was explained already. A reviewer or a responder can ask again by naming who has to explain it.',
      )
    : undecided(use);
}

/**
 * Whether a person may give a verdict on a use (I8): a reviewer who is neither
 * the person at whom it points, nor one with the name of who did it, nor who
 * explained it, nor the one who was named to. Other entities of the same human
 * being count against them. Pure.
 */
export function explainReview(
  config: UseRoles,
  use: JudgedUse,
  person: Person,
): Explanation {
  if (!matches(config.reviewers, person)) {
    return refused('not-reviewer', 'Only configured reviewers can review.');
  }
  const refs = refsOf(person);
  if (use.person !== undefined && refs.has(use.person)) {
    return refused(
      'involved-review',
      'This points at you: somebody else has to review it.',
    );
  }
  if (isNamedIn(use.principal, person)) {
    return refused(
      'involved-review',
      'Who did this has your name in AWS: somebody else has to review it.',
    );
  }
  if (use.justifiedBy !== undefined && refs.has(use.justifiedBy)) {
    return refused(
      'involved-review',
      'You explained this: somebody else has to review it.',
    );
  }
  if (use.owner !== undefined && refs.has(use.owner)) {
    return refused(
      'involved-review',
      'You were named to explain this: somebody else has to review it.',
    );
  }
  return undecided(use);
}

function undecided({ state }: JudgedUse): Explanation {
  return state === 'open' || state === 'justified'
    ? allowed
    : refused('wrong-status', `This was ${state} already.`);
}
