import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  breakGlassActivityExtensionPoint,
  clockServiceRef,
} from 'backstage-plugin-break-glass-node';
import { DuckDbActivitySource } from './DuckDbActivitySource';
import { readOptions } from './readOptions';

/**
 * Reads the activity of leases from CloudTrail files on disk, with an embedded
 * DuckDB: for one machine, with nothing else to install.
 */
export const breakGlassModuleDuckdb = createBackendModule({
  pluginId: 'break-glass',
  moduleId: 'duckdb',
  register(env) {
    env.registerInit({
      deps: {
        activity: breakGlassActivityExtensionPoint,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ activity, clock, config, lifecycle, logger }) {
        const source = new DuckDbActivitySource(
          readOptions(config),
          clock,
          logger,
        );
        lifecycle.addShutdownHook(() => source.close());
        activity.setActivitySource(source);
      },
    });
  },
});
