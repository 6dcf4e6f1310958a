import { EventHistory } from '../trail/EventHistory';
import { RateLimits } from './RateLimits';

/** What operations use of one running sandbox, beside its world. */
export interface Facilities {
  eventHistory: EventHistory;
  rates: RateLimits;
}

/**
 * Makes the facilities of one sandbox.
 * @param logDirectory - the folder that holds `AWSLogs`
 */
export function makeFacilities(logDirectory: string): Facilities {
  return {
    eventHistory: new EventHistory(logDirectory),
    rates: new RateLimits(),
  };
}
