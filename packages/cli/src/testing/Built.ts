import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './Terminal';

const root = resolvePackagePath('break-glass');

/** The command as it is delivered: built, and run in processes of its own, in a home of its own. */
export class Built {
  readonly home = mkdtempSync(join(tmpdir(), 'break-glass-built-'));
  readonly dist = join(root, 'dist');
  readonly config = join(this.home, '.config', 'break-glass');

  /** @throws Error where it cannot be built */
  static async make(): Promise<Built> {
    const built = new Built();
    const { exitCode, stderr } = await built.node([
      join(root, 'scripts', 'build.mjs'),
    ]);
    if (exitCode !== 0 || stderr) {
      throw new Error(`The build failed: ${stderr}`);
    }
    return built;
  }

  /** Runs a command line. */
  run(args: string[], options: BuiltOptions = {}): Promise<Outcome> {
    return this.node([join(root, 'bin', 'break-glass'), ...args], options);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  private node(args: string[], options: BuiltOptions = {}): Promise<Outcome> {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, args, {
      cwd: this.home,
      env: {
        PATH,
        HOME: this.home,
        XDG_CONFIG_HOME: join(this.home, '.config'),
        BREAK_GLASS_KEYRING: 'off',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      stderr += chunk;
      options.onStderr?.(stderr);
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', code =>
        resolve({ exitCode: code as Outcome['exitCode'], stdout, stderr }),
      );
    });
  }
}

/** How one command line is run. */
export interface BuiltOptions {
  env?: Record<string, string>;
  /** Told all of standard error so far, whenever there is more. */
  onStderr?: (text: string) => void;
}
