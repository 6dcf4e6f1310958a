export { UnderstandingService } from './UnderstandingService';
export type { UnderstandingDependencies } from './UnderstandingService';
