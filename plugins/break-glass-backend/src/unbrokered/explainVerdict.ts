import {
  Explanation,
  ReviewUnbrokered,
} from 'backstage-plugin-break-glass-common';
import { UnbrokeredRow } from '../database/types';
import { allowed, refused } from '../leases/explain';
import { REPORTED } from './useWords';

/**
 * Whether a use can have this verdict. Accepting takes a justification, the
 * whole check-list, and logs that have spoken: what only an event reported may
 * still turn out to be another's. Anything can be flagged. Pure.
 */
export function explainVerdict(
  use: Pick<UnbrokeredRow, 'state' | 'seenInLogs' | 'words'>,
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
  if (!use.seenInLogs && use.words.endsWith(REPORTED)) {
    return refused(
      'evidence-incomplete',
      'Only an event reported this so far. Accept it when the logs of that time are there, or flag it.',
    );
  }
  return Object.values(checklist).every(Boolean)
    ? allowed
    : refused(
        'checklist-incomplete',
        'Accepting takes the whole check-list: credentials rotated, access revoked, lessons learned. Do what is missing, or flag it.',
      );
}
