/**
 * Extension points and services of the Break Glass backend, for modules.
 *
 * @packageDocumentation
 */
export * from './clock';
export * from './activitySource';
export * from './approvalCondition';
export * from './candidateRecords';
export * from './credentialBroker';
export * from './findConfigRoot';
export * from './recordMembers';
export { redact } from './redact';
export { REDACTED, redactText } from './redactText';
export * from './sensitiveRules';
export * from './ticketValidator';
export * from './useRecords';
export * from './wait';
