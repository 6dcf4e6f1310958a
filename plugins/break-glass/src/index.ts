/**
 * The plugin for portals on the legacy frontend system.
 *
 * @packageDocumentation
 */
export {
  BreakGlassPage,
  breakGlassPlugin,
  EntityBreakGlassCard,
  EntityBreakGlassContent,
} from './plugin';
export { breakGlassApiRef, type BreakGlassApi } from './api/breakGlassApi';
export { isBreakGlassAvailable } from './isBreakGlassAvailable';
export { breakGlassTranslationRef } from './translation';
