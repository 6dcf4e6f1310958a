import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';

/**
 * Whether activity is read from files: unless Athena is configured to. With both
 * configured the module is there, and the backend refuses to start with both names.
 */
export function readsFiles(config: Config): boolean {
  return (
    config.has('breakGlass.activity.duckdb') ||
    !config.has('breakGlass.activity.athena')
  );
}

/** The module that reads the activity of leases from files, where it is needed. */
export const logSource = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async *loader({ config }) {
    if (readsFiles(config)) {
      yield import('backstage-plugin-break-glass-backend-module-duckdb');
    }
  },
});
