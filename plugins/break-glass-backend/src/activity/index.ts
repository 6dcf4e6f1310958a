export { ActivityCollector } from './ActivityCollector';
export type { CollectorDependencies } from './ActivityCollector';
export { ActivityService } from './ActivityService';
export { presentEvidence, sealed } from './evidence';
export { redact, redactText, REDACTED } from './redact';
