import { notFoundError } from '../errors';

/** The same answer for a use that is not there and for one that the caller may not see. */
export function unbrokeredUnknown(id: string) {
  return notFoundError(
    'unbrokered-unknown',
    `There is no unbrokered use ${id}, or none that you may see.`,
  );
}
