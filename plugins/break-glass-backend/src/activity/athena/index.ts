export { AthenaActivitySource } from './AthenaActivitySource';
export type { AthenaDependencies } from './AthenaActivitySource';
