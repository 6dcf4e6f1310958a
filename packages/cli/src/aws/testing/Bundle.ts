// Used by tests only, though not one itself.
import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AwsPortal, tokenFor } from './AwsPortal';

/** What a process left behind. */
export interface Ended {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** The AWS half of the command as one file, as it is shipped; each call is a process of its own. */
export class Bundle {
  readonly folder = mkdtempSync(join(tmpdir(), 'break-glass-bundle-'));
  readonly file = join(this.folder, 'break-glass.mjs');

  constructor(private readonly portal: Pick<AwsPortal, 'url'>) {
    execFileSync(process.execPath, [
      require.resolve('../../../scripts/build.mjs'),
      require.resolve('./testMain.ts'),
      this.folder,
    ]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The text of everything that every call loads, whatever it is for. */
  loadedAtStart(): string {
    const seen = new Map<string, string>();
    const load = (file: string) => {
      if (seen.has(file)) {
        return;
      }
      const text = readFileSync(file, 'utf8');
      seen.set(file, text);
      for (const [, path] of text.matchAll(
        /(?:from|import)"(\.[^"]+\.mjs)"/g,
      )) {
        load(join(dirname(file), path));
      }
    };
    load(this.file);
    return [...seen.values()].join('\n');
  }

  /** The variables that sign a person in, with a cache in `home`. */
  environment(home: string, person: string = 'mary'): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: home,
      BREAK_GLASS_TEST: JSON.stringify({
        url: this.portal.url,
        token: tokenFor(person),
        userRef: `user:default/${person}`,
        folder: home,
      }),
    };
  }

  /** Starts a command. */
  start(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
    // Detached, it has not the terminal of whoever runs the tests.
    return spawn(process.execPath, [this.file, ...args], {
      env,
      detached: true,
    });
  }

  /**
   * Runs a line of shell in a terminal of its own.
   *
   * @param answers - what to type once something is seen
   * @returns everything that was seen there
   */
  async inTerminal(
    line: string,
    env: NodeJS.ProcessEnv,
    answers: Array<[seen: string, typed: string]>,
  ): Promise<string> {
    const child = spawn('script', ['-qec', line, '/dev/null'], { env });
    let seen = '';
    const left = [...answers];
    child.stdout.on('data', data => {
      seen += data;
      if (left.length > 0 && seen.includes(left[0][0])) {
        child.stdin.write(left.shift()![1]);
      }
    });
    await ended(child);
    return seen;
  }

  /** Runs a command to its end. */
  run(args: string[], env: NodeJS.ProcessEnv, input = ''): Promise<Ended> {
    const child = this.start(args, env);
    child.stdin!.end(input);
    return ended(child);
  }
}

/** Waits for the end of a process. */
export function ended(child: ChildProcess): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  child.stdout!.on('data', data => {
    written.stdout += data;
  });
  child.stderr!.on('data', data => {
    written.stderr += data;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ ...written, code }));
  });
}
