export { createDatabase } from './createDatabase';
export { migrate, openMigrated } from './migrate';
