/**
 * Backend of Break Glass.
 *
 * @packageDocumentation
 */
export { cloudTrailIngress } from './cloudTrailIngress';
export { breakGlassPlugin as default } from './plugin';
export {
  breakGlassLeaseConditions,
  createBreakGlassLeaseConditionalDecision,
} from './router';
