import { Athena } from '../athena/Athena';
import { AthenaOptions } from '../athena/AthenaSeed';
import { demoAthena } from '../athena/demoAthena';
import { EventHistory } from '../trail/EventHistory';
import { World } from '../world/World';
import { Faults } from './Faults';
import { RateLimits } from './RateLimits';

/** What operations use of one running sandbox, beside its world. */
export interface Facilities {
  athena: Athena;
  eventHistory: EventHistory;
  faults: Faults;
  rates: RateLimits;
}

/**
 * Makes the facilities of one sandbox.
 * @param logDirectory - the folder that holds `AWSLogs`
 */
export function makeFacilities(
  world: World,
  logDirectory: string,
  faults: Faults,
  options: AthenaOptions = {},
): Facilities {
  const catalogs = options.catalogs ?? demoAthena();
  return {
    athena: new Athena(logDirectory, world, catalogs, options),
    eventHistory: new EventHistory(logDirectory),
    faults,
    rates: new RateLimits(),
  };
}
