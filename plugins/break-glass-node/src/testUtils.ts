/**
 * What every activity source must do, as a test suite, and records to try it with.
 *
 * @packageDocumentation
 */
export * from './testUtils/ActivitySourceUnderTest';
export * from './testUtils/describeActivitySource';
export * from './testUtils/records';
export * from './testUtils/signInRecords';
export * from './testUtils/deliver';
export * from './testUtils/deliverFirehose';
export * from './testUtils/Scene';
