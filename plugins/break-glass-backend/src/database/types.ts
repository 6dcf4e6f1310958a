/** Rows and stores as domain rooms see them: no knex, no SQL. */
export * from './brokerCheckStore';
export * from './extensionStore';
export * from './rows';
export * from './leaseCriteria';
export * from './panicStore';
export * from './reviewStores';
export * from './stores';
export * from './unbrokeredStores';
