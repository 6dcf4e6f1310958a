import { Explanation } from 'backstage-plugin-break-glass-common';
import { sameHuman } from '../../accounts/humans';
import { matches } from '../../accounts/principals';
import { Person } from '../../accounts/types';
import { BreakGlassConfig } from '../../config/types';
import { PanicRow } from '../../database/types';
import { allowed, refused } from '../explain';

/** Whether a person is one of the responders. */
export function explainResponder(
  config: Pick<BreakGlassConfig, 'responders'>,
  person: Person,
): Explanation {
  return matches(config.responders, person)
    ? allowed
    : refused(
        'not-responder',
        'Only incident responders can stop access and lift it again.',
      );
}

/**
 * Whether a person may take the next step of lifting a panic: a responder asks, a
 * second one confirms, and neither is the one who was stopped. Pure.
 */
export function explainLift(
  config: Pick<BreakGlassConfig, 'responders'>,
  row: PanicRow,
  person: Person,
): Explanation {
  const responder = explainResponder(config, person);
  if (!responder.allowed) {
    return responder;
  }
  if (row.liftedAt !== undefined) {
    return refused('wrong-status', 'This was lifted before.');
  }
  const is = (ref: string | undefined, key: string | undefined) =>
    ref !== undefined && sameHuman(person, { ref, key: key ?? ref });
  if (row.kind === 'person' && is(row.targetRef, row.targetKey)) {
    return refused(
      'panic-target',
      'You are the one who was stopped: two other responders have to lift it.',
    );
  }
  return is(row.liftAskedBy, row.liftAskedByKey)
    ? refused(
        'second-responder-needed',
        'You asked to lift it. A second responder has to confirm.',
      )
    : allowed;
}
