import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';

/** Log sources that are modules; Athena comes with the plugin itself. */
export type LogModule = 'duckdb' | 'cloudtrail';

/**
 * The modules whose log source is configured; files, where no source is. With
 * several configured all are there, and the backend refuses to start with their names.
 */
export function logModules(config: Config): LogModule[] {
  const configured = (['duckdb', 'cloudtrail'] as const).filter(name =>
    config.has(`breakGlass.activity.${name}`),
  );
  return configured.length || config.has('breakGlass.activity.athena')
    ? configured
    : ['duckdb'];
}

/** The module that reads the activity of leases, where one is needed. */
export const logSource = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  async *loader({ config }) {
    const modules = logModules(config);
    if (modules.includes('duckdb')) {
      yield import('backstage-plugin-break-glass-backend-module-duckdb');
    }
    if (modules.includes('cloudtrail')) {
      yield import('backstage-plugin-break-glass-backend-module-cloudtrail');
    }
  },
});
