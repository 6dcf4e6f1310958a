export { SessionService } from './SessionService';
export type { SessionDependencies } from './SessionService';
export { KillService } from './KillService';
export type { KillDependencies } from './KillService';
export { SelfCheck } from './SelfCheck';
export { createFederation, managedPolicies } from './createFederation';
export type { Federation } from './createFederation';
export * from './types';
