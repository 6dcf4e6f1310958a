/**
 * The plugin for portals on the legacy frontend system.
 *
 * @packageDocumentation
 */
export { breakGlassApiRef, type BreakGlassApi } from './api/breakGlassApi';
export { isBreakGlassAvailable } from './isBreakGlassAvailable';
export { breakGlassTranslationRef } from './translation';
