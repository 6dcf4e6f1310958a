import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';

/** What time it is. Passed in everywhere, so that tests move time without waiting. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Stands in for the database's own clock, where a test moves time. */
  readonly database?: Pick<Clock, 'now'>;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };

/** Clock of the Break Glass backend; replaced in tests only. */
export const clockServiceRef = createServiceRef<Clock>({
  id: 'break-glass.clock',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { logger: coreServices.logger },
      factory: () => systemClock,
    }),
});
