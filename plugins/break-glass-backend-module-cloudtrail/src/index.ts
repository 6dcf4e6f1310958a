/**
 * Break Glass activity source: CloudTrail's event history.
 *
 * @packageDocumentation
 */
export { breakGlassModuleCloudtrail as default } from './module';
export { EventHistoryActivitySource } from './EventHistoryActivitySource';
export type { EventHistoryDependencies } from './EventHistoryActivitySource';
export type { EventHistoryOptions, PartitionOptions } from './readOptions';
