/**
 * Break Glass activity source: CloudTrail files on disk, read with DuckDB.
 *
 * @packageDocumentation
 */
export { breakGlassModuleDuckdb as default } from './module';
export { DuckDbActivitySource } from './DuckDbActivitySource';
export type { CacheOptions, DuckDbOptions, LogRoot } from './readOptions';
export type { LogLayout } from './LogListing';
