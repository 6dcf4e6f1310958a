export { CliError } from './CliError';
export type { Context, PortalSession } from './Context';
export { EXIT } from './exitCodes';
export type { ExitCode } from './exitCodes';
