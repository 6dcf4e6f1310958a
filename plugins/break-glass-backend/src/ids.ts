import { monotonicFactory } from 'ulid';
import { Clock } from 'backstage-plugin-break-glass-node';

/** Makes ids. Passed in, so that tests know them. */
export interface Ids {
  /** A ULID: ordered by time, so that lists page by id. */
  next(): string;
}

/** Ids by the given clock; ordered also within one millisecond of one process. */
export function ulids(clock: Clock): Ids {
  const next = monotonicFactory();
  return { next: () => next(clock.now()) };
}
