/**
 * Extension points and services of the Break Glass backend, for modules.
 *
 * @packageDocumentation
 */
export * from './clock';
export * from './activitySource';
export * from './findConfigRoot';
export * from './sensitiveRules';
