import { conflictError } from '../errors';

/** Two people changed one lease: one of them was first. */
export function changedMeanwhile() {
  return conflictError(
    'conflict',
    'Somebody else changed this lease at the same moment. Reload the page and look again.',
  );
}
