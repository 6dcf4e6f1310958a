import { createHash, timingSafeEqual } from 'node:crypto';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { RequestValidator } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';

/** Header in which EventBridge sends the key of its connection. */
export const INGRESS_KEY_HEADER = 'x-break-glass-key';

/**
 * Module of the events backend: takes CloudTrail events of an EventBridge API
 * destination at `/api/events/http/<topic>`, only with the key that is
 * configured as `breakGlass.unbrokered.ingressKey`. Without a key there is no
 * such address.
 *
 * @public
 */
export const cloudTrailIngress = createBackendModule({
  pluginId: 'events',
  moduleId: 'break-glass-cloudtrail',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsExtensionPoint,
      },
      async init({ config, events }) {
        const section = config.getOptionalConfig('breakGlass.unbrokered');
        const key = section?.getOptionalString('ingressKey');
        if (key) {
          const topic =
            section?.getOptionalString('topic') ?? 'break-glass.cloudtrail';
          events.addHttpPostIngress({ topic, validator: withKey(key) });
        }
      },
    });
  },
});

/** Lets only requests in that carry the key; compares in constant time. */
function withKey(key: string): RequestValidator {
  const wanted = digest(key);
  return async ({ headers }, context) => {
    const given = headers[INGRESS_KEY_HEADER];
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), wanted)) {
      context.reject({
        status: 401,
        payload: {
          message: `Send the key in the header ${INGRESS_KEY_HEADER}`,
        },
      });
    }
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
