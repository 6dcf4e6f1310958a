import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/** The system makes or writes nothing in a folder: no rights, no room, no folder, or one that is read-only. */
export class FolderUnusable extends CliError {
  constructor(
    folder: string,
    /** What the system said, such as `EACCES`. */
    readonly systemCode: string,
  ) {
    super(
      `Nothing can be written in ${folder} (${systemCode}). Make room there, or mend it.`,
      EXIT.failed,
    );
    this.name = 'FolderUnusable';
  }

  /** What the system said of a folder in words; whatever else went wrong as it is. */
  static of(folder: string, error: unknown): unknown {
    return isSystemError(error)
      ? new FolderUnusable(folder, error.code)
      : error;
  }
}

/** Whether a call to the system failed. Told by its parts, as tests have errors of several worlds. */
export function isSystemError(
  error: unknown,
): error is { code: string; syscall: string } {
  const { code, syscall } = Object(error) as Record<string, unknown>;
  return typeof code === 'string' && typeof syscall === 'string';
}
