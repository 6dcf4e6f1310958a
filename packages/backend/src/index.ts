import { createBackend } from '@backstage/backend-defaults';
import { cloudTrailIngress } from 'backstage-plugin-break-glass-backend';
import { logSource } from './logSource';
import { permissionPolicy } from './permissionPolicy';
import { primeSignals } from './primeSignals';

const backend = createBackend();

// The pages, in production; `npm start` serves them on a port of their own.
backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionPolicy);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(primeSignals);
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('backstage-plugin-break-glass-backend'));
// Takes CloudTrail events over HTTP where breakGlass.unbrokered.ingressKey is configured.
backend.add(cloudTrailIngress);
backend.add(logSource);

backend.start();
