/**
 * Words shared by frontend, backend and command line: contract, permissions, client.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './client';
export * from './credentials/credentialProcess';
export * from './permissions';
export * from './signals';
export * from './annotations';
export * from './auditorEvents';
