import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  breakGlassActivityExtensionPoint,
  clockServiceRef,
} from 'backstage-plugin-break-glass-node';
import { EventHistoryActivitySource } from './EventHistoryActivitySource';
import { readOptions } from './readOptions';

/**
 * Reads the activity of leases from CloudTrail's event history, which every
 * account has: for organizations without a log pipeline.
 */
export const breakGlassModuleCloudtrail = createBackendModule({
  pluginId: 'break-glass',
  moduleId: 'cloudtrail',
  register(env) {
    env.registerInit({
      deps: {
        activity: breakGlassActivityExtensionPoint,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
      },
      async init({ activity, clock, config, lifecycle }) {
        const source = new EventHistoryActivitySource({
          options: readOptions(config),
          credentials: DefaultAwsCredentialsManager.fromConfig(config),
          clock,
        });
        lifecycle.addShutdownHook(() => source.close());
        activity.setActivitySource(source);
      },
    });
  },
});
