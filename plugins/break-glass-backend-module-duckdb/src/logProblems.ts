import { isError } from '@backstage/errors';

/**
 * What can be wrong with a file:
 * - `unreadable`: it cannot be opened or listed, or is too large
 * - `truncated`: it is cut off or damaged
 * - `foreign`: it holds, or is, something else than CloudTrail records
 * - `empty`: it holds nothing at all
 * - `digest`: it holds no events by its nature
 */
export type LogProblemKind =
  | 'unreadable'
  | 'truncated'
  | 'foreign'
  | 'empty'
  | 'digest';

/** One file, or folder, that gives no events, and why. */
export interface LogProblem {
  /** Relative to the root. */
  name: string;
  kind: LogProblemKind;
  /** What is wrong, to follow the name. */
  words: string;
}

/** The sentences of a coverage. Only digests take nothing from the evidence. */
export function sentencesOf(problems: LogProblem[]): {
  unreadable: string[];
  notes: string[];
} {
  const sentences = (digests: boolean) => [
    ...new Set(
      problems
        .filter(({ kind }) => (kind === 'digest') === digests)
        .map(({ name, words }) => `${printable(name)}: ${words}`)
        .sort(),
    ),
  ];
  return { unreadable: sentences(false), notes: sentences(true) };
}

/**
 * Why a file could not be read. DuckDB's messages quote the statement and the
 * path: people get the reason only.
 */
export function readingProblem(error: unknown): Omit<LogProblem, 'name'> {
  const message = reasonOf(error);
  if (message.includes('GZIP')) {
    return { kind: 'truncated', words: 'is damaged' };
  }
  if (
    message.includes('Malformed JSON') ||
    message.includes('JSON transform') ||
    message.includes('Invalid unicode') ||
    message.includes('UTF')
  ) {
    return {
      kind: 'truncated',
      words: 'is cut off or is not JSON with CloudTrail records',
    };
  }
  if (message.includes('maximum_object_size')) {
    return { kind: 'unreadable', words: 'is larger than it says' };
  }
  if (message.includes('Out of Memory')) {
    const words = 'needs more memory than breakGlass.activity.duckdb allows';
    return { kind: 'unreadable', words };
  }
  const code = (error as NodeJS.ErrnoException).code;
  const words = code ? `cannot be opened (${code})` : 'cannot be read';
  return { kind: 'unreadable', words };
}

/** An error that says itself what is wrong with a file. */
export class LogFileError extends Error {
  constructor(readonly problem: Omit<LogProblem, 'name'>) {
    super(problem.words);
  }
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}

/** The code of an error of the operating system, in words where there is none. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
}

/** File names are anybody's: no control characters reach a page or a log line. */
export function printable(name: string): string {
  return name.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    '?',
  );
}
