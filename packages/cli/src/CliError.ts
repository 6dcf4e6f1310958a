import { ErrorCode } from 'backstage-plugin-break-glass-common';
import { ExitCode } from './exitCodes';

/** A failure in words for a person: what is wrong, and the next step. It carries no secret. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    /** The stable code of the API, where the portal refused. */
    readonly code?: ErrorCode,
    /** What it stands for: name and places of an error whose message nobody may see. */
    readonly origin?: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
