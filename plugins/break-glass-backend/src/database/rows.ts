/** Rows of all tables, as domain rooms see them. */
export * from './brokerCheckRows';
export * from './extensionRows';
export * from './leaseRows';
export * from './panicRows';
export * from './reviewRows';
export * from './unbrokeredRows';
