/**
 * Credentials in the form that shells and the AWS tools take. Stands apart from the contract, so that a command
 * that is asked for them on every call of the AWS CLI loads nothing else.
 *
 * @packageDocumentation
 */
export * from './credentialProcess';
export * from './shellCredentials';
export * from './shellLines';
