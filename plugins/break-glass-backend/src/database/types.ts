/** Rows and stores as domain rooms see them: no knex, no SQL. */
export * from './rows';
export * from './reviewStores';
export * from './stores';
export * from './unbrokeredStores';
