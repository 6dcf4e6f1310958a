import {
  Explanation,
  ReviewUnbrokered,
} from 'backstage-plugin-break-glass-common';
import { UnbrokeredRow } from '../database/types';
import { allowed, refused } from '../leases/explain';
import { NOT_ALL_READ, REPORTED } from './useWords';

/**
 * Whether a use can have this verdict. Accepting takes a justification, the
 * whole check-list, and logs that have spoken to the end: what only an event
 * reported may still turn out to be another's, and what goes on may still turn
 * out to be harm. Anything can be flagged. Pure.
 */
export function explainVerdict(
  use: Pick<UnbrokeredRow, 'state' | 'seenInLogs' | 'words' | 'collectDueAt'>,
  { verdict, checklist }: Pick<ReviewUnbrokered, 'verdict' | 'checklist'>,
): Explanation {
  if (verdict === 'flagged') {
    return allowed;
  }
  if (use.state !== 'justified') {
    return refused(
      'justification-missing',
      'Nobody explained this yet. Ask for the explanation, or flag it.',
    );
  }
  if (!Object.values(checklist).every(Boolean)) {
    return refused(
      'checklist-incomplete',
      'Accepting takes the whole check-list: credentials rotated, access revoked, lessons learned. Do what is missing, or flag it.',
    );
  }
  const gap = gapIn(use);
  return gap === undefined ? allowed : refused('evidence-incomplete', gap);
}

/** What is not known of a use, and what to do then; undefined where all is. */
function gapIn({
  seenInLogs,
  words,
  collectDueAt,
}: Pick<UnbrokeredRow, 'seenInLogs' | 'words' | 'collectDueAt'>):
  | string
  | undefined {
  if (!seenInLogs && words.endsWith(REPORTED)) {
    return 'Only an event reported this so far. Accept it when the logs of that time are there, or flag it.';
  }
  if (collectDueAt !== undefined) {
    return 'More of what was done may still be found. Accept it when its credentials have ended and the logs of that time are there, or flag it.';
  }
  return words.includes(NOT_ALL_READ)
    ? 'Parts of the logs could never be read. Flag it, and look at what was done in the account itself.'
    : undefined;
}
