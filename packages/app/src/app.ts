import { createApp } from '@backstage/frontend-defaults';
import appModuleUserSettings from '@backstage/plugin-app-module-user-settings';
import authPlugin from '@backstage/plugin-auth';
import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import breakGlassPlugin from 'backstage-plugin-break-glass/alpha';
import { navModule } from './nav/navModule';
import { signInModule } from './signIn/signInModule';

/**
 * The demo portal. Every feature is named here, none is discovered, so that what the portal shows is what this
 * list says.
 */
export const app = createApp({
  features: [
    signInModule,
    navModule,
    appModuleUserSettings,
    authPlugin,
    breakGlassPlugin,
    catalogPlugin,
    catalogGraphPlugin,
    orgPlugin,
    searchPlugin,
    signalsPlugin,
    notificationsPlugin,
    userSettingsPlugin,
  ],
});
