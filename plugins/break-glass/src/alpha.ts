/**
 * The plugin for portals on the new frontend system.
 *
 * @packageDocumentation
 */
export { default } from './alpha/plugin';
export { breakGlassTranslationRef } from './translation';
