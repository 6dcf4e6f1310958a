import { Dirent, lstatSync } from 'fs';
import { readdir } from 'fs/promises';
import { join } from 'path';
import { setImmediate } from 'timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { codeOf, LogProblem, printable } from './logProblems';

/** How the files below a root are filed. */
export type LogLayout = 'trail' | 'firehose';

/** One delivered file. */
export interface LogFile {
  /** Absolute. Every segment below the root came from a directory listing and was checked. */
  path: string;
  /** For people: relative to the root. */
  name: string;
  /** In bytes. */
  size: number;
  /** Epoch milliseconds. */
  changedAt: number;
  /** Of a trail's file, by its folder. */
  region?: string;
}

/** Files of one day that are read, and kept, together. */
export interface LogDay {
  layout: LogLayout;
  /** Of a trail's files, 12 digits. A Firehose stream mixes accounts. */
  accountId?: string;
  /** Folder of the day, for people: relative to the root. */
  name: string;
  files: LogFile[];
}

/** Files that a copying tool has not finished, and what file managers leave behind. */
const UNFINISHED = /^\.|\.(tmp|part|partial)$/;
/** What lies behind a link is not what was delivered here: it is reported, not followed. */
const LINK: Omit<LogProblem, 'name'> = {
  kind: 'foreign',
  words: 'is a link, and is not followed',
};
/** Files looked at before others get their turn. */
const AT_ONCE = 64;

/** What lies in the folders of some days below one root. */
export class LogListing {
  readonly days: LogDay[] = [];
  readonly problems: LogProblem[] = [];
  private looked = 0;
  /** Folders that were seen to be no links. */
  private readonly plain = new Set<string>();

  /** @param root - absolute path */
  constructor(readonly root: string) {}

  /**
   * Names of folders in a folder, sorted. A link in the place of one is reported.
   * @param wanted - whether a folder of that name is looked into
   */
  async folders(
    folder: string[],
    wanted: (name: string) => boolean,
  ): Promise<string[]> {
    const found = (await this.entries(folder)).filter(({ name }) =>
      wanted(name),
    );
    found
      .filter(entry => entry.isSymbolicLink())
      .forEach(({ name }) => this.reportLink([...folder, name]));
    return found
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .sort();
  }

  /**
   * The files of a folder.
   * @param check - what is wrong with an entry by its name, or whether it is none of the files
   */
  async files(
    folder: string[],
    check: (entry: Dirent) => Omit<LogProblem, 'name'> | 'skip' | undefined,
    region?: string,
  ): Promise<LogFile[]> {
    const files: LogFile[] = [];
    const within = folder.join('/');
    for (const entry of await this.entries(folder)) {
      if (!UNFINISHED.test(entry.name)) {
        const name = `${within}/${entry.name}`;
        const problem = entry.isSymbolicLink() ? LINK : check(entry);
        if (!problem) {
          this.looked += 1;
          if (this.looked % AT_ONCE === 0) {
            await setImmediate();
          }
          files.push(...this.look(name, region));
        } else if (problem !== 'skip') {
          this.problems.push({ name, ...problem });
        }
      }
    }
    return files;
  }

  /** A folder that is not there is empty: nothing was delivered. Any other trouble is reported. */
  async entries(folder: string[]): Promise<Dirent[]> {
    try {
      const link = this.linkIn(folder);
      if (link) {
        this.reportLink(link);
        return [];
      }
      return await readdir(join(this.root, ...folder), { withFileTypes: true });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        const words = `cannot be listed (${codeOf(error)})`;
        this.problems.push({
          name: folder.join('/'),
          kind: 'unreadable',
          words,
        });
      }
      return [];
    }
  }

  /** The first link on the way to a folder. The root itself may be one. */
  private linkIn(folder: string[]): string[] | undefined {
    return folder
      .map((_, index) => folder.slice(0, index + 1))
      .find(part => !this.isPlain(join(this.root, ...part)));
  }

  /** Looked at once for all folders below it: a listing takes milliseconds. */
  private isPlain(path: string): boolean {
    if (!this.plain.has(path)) {
      if (lstatSync(path).isSymbolicLink()) {
        return false;
      }
      this.plain.add(path);
    }
    return true;
  }

  private reportLink(folder: string[]) {
    this.problems.push({ name: folder.join('/'), ...LINK });
  }

  /** Thousands of files are looked at: no promise is made for each. */
  private look(name: string, region?: string): LogFile[] {
    // Every part of the name came from a listing: there is nothing to resolve.
    const path = `${this.root}/${name}`;
    try {
      const { size, mtimeMs } = lstatSync(path);
      if (size > 0) {
        return [{ path, name, size, changedAt: mtimeMs, region }];
      }
      this.problems.push({ name, kind: 'empty', words: 'is empty' });
    } catch (error) {
      const words = `cannot be opened (${codeOf(error)})`;
      this.problems.push({ name, kind: 'unreadable', words });
    }
    return [];
  }
}

/** @throws ServiceUnavailableError where the folder cannot be listed, with the reason. */
export async function assertListable(root: string): Promise<string[]> {
  try {
    return await readdir(root);
  } catch (error) {
    throw new ServiceUnavailableError(
      `The CloudTrail folder ${printable(root)} cannot be read (${codeOf(
        error,
      )})`,
    );
  }
}
