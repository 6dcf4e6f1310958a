export { createUnbrokered } from './createUnbrokered';
export type { Unbrokered } from './createUnbrokered';
export { scanState } from './scanState';
export { UnbrokeredService } from './UnbrokeredService';
export { UseQueries } from './UseQueries';
export { unbrokeredUnknown } from './unbrokeredUnknown';
