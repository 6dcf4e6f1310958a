/**
 * Words shared by frontend, backend and command line: contract, permissions, client.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './client';
export * from './credentials';
export * from './credentials/killLines';
export * from './permissions';
export * from './signals';
export * from './annotations';
export * from './auditorEvents';
