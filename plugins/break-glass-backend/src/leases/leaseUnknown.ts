import { notFoundError } from '../errors';

/** The same answer for a lease that is not there and for one that the caller may not see. */
export function leaseUnknown(id: string) {
  return notFoundError(
    'lease-unknown',
    `There is no lease ${id}, or none that you may see.`,
  );
}
