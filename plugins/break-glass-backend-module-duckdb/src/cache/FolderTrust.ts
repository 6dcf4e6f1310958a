import { lstatSync, Stats } from 'fs';
import { LoggerService } from '@backstage/backend-plugin-api';
import { codeOf, printable } from '../logProblems';

/** Bits of a mode by which others than the owner may write. */
const OTHERS_WRITE = 0o022;

/**
 * Whether a folder can hold what evidence is read from: whoever else may write
 * there could swap a file together with its check sum. Says once why it cannot.
 */
export class FolderTrust {
  private said = false;

  constructor(
    private readonly path: string,
    private readonly logger?: Pick<LoggerService, 'warn'>,
  ) {}

  /** A folder that is not there is not trusted either, and nothing is said. */
  isTrusted(): boolean {
    try {
      const problem = problemOf(lstatSync(this.path));
      this.say(problem);
      return problem === undefined;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        this.say(`cannot be opened (${codeOf(error)})`);
      }
      return false;
    }
  }

  private say(problem: string | undefined) {
    if (problem && !this.said) {
      this.said = true;
      this.logger?.warn(
        `The cache ${printable(
          this.path,
        )} ${problem} and is not used: give breakGlass.activity.duckdb.cache.path a folder of this process's user with mode 0700`,
      );
    }
  }
}

/** Whether a file in such a folder was written by this process's user. */
export function isOwnFile(file: Stats): boolean {
  return file.isFile() && isOwn(file);
}

function problemOf(folder: Stats): string | undefined {
  if (!folder.isDirectory()) {
    return 'is a link or a file, not a folder';
  }
  if (!isOwn(folder)) {
    return 'belongs to another user';
  }
  return (folder.mode & OTHERS_WRITE) === 0
    ? undefined
    : 'can be written by other users';
}

/** Where a system knows no users, nobody can tell: then it is not. */
function isOwn({ uid }: Stats): boolean {
  return uid === process.getuid?.();
}
