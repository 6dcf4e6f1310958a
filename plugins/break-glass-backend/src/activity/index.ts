export { ActivityCollector } from './ActivityCollector';
export type { CollectorDependencies } from './ActivityCollector';
export { ActivityService } from './ActivityService';
export { EvidenceService } from './EvidenceService';
export { networkOf } from './network';
export type { OnUnbrokered } from './writeLook';
export { presentEvidence, sealed } from './evidence';
export { redact, redactText, REDACTED } from './redact';
export { UnderstandingService } from './understanding';
