/**
 * Backend of Break Glass.
 *
 * @packageDocumentation
 */
export { breakGlassPlugin as default } from './plugin';
