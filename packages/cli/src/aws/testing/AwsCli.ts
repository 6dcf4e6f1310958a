// Used by tests only, though not one itself.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsPortal } from './AwsPortal';
import { Bundle, ended, Ended } from './Bundle';

const CLI = '/usr/bin/aws';
const FAKETIME = '/usr/bin/faketime';

/** What is needed of the machine, and is not there. */
export function missingTools(): string[] {
  return [CLI, FAKETIME].filter(file => !existsSync(file));
}

/**
 * The AWS CLI of a person, with profiles that `configure` wrote. It and what it runs have the portal's time, which
 * the test moves.
 */
export class AwsCli {
  readonly home = mkdtempSync(join(tmpdir(), 'aws-cli-'));
  /** The path has a space, as paths of people have. */
  private readonly command = join(this.home, 'my tools', 'break-glass');

  constructor(
    private readonly portal: AwsPortal,
    private readonly bundle: Bundle,
  ) {
    mkdirSync(join(this.home, 'my tools'));
    writeFileSync(
      this.command,
      `#!/bin/sh\nexec '${process.execPath}' '${bundle.file}' "$@"\n`,
      { mode: 0o755 },
    );
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  /**
   * Writes the profiles of an account.
   * @throws Error with what it said, where it does not
   */
  async configure(account: string): Promise<void> {
    const words = ['configure', account, '--command', this.command];
    const { code, stderr } = await this.breakGlass(...words);
    if (code !== 0) {
      throw new Error(`configure ended with ${code}: ${stderr}`);
    }
  }

  /** Runs our command at the portal's time. */
  breakGlass(...args: string[]): Promise<Ended> {
    return this.atPortalTime(process.execPath, [this.bundle.file, ...args]);
  }

  /** Runs the AWS CLI with a profile and nothing else: region and credentials are its own. */
  aws(profile: string, ...args: string[]): Promise<Ended> {
    const endpoint = ['--endpoint-url', this.portal.sandbox.url];
    return this.atPortalTime(CLI, ['--profile', profile, ...endpoint, ...args]);
  }

  private atPortalTime(command: string, args: string[]): Promise<Ended> {
    const seconds = Math.round((this.portal.clock.now() - Date.now()) / 1_000);
    const offset = `${seconds < 0 ? '' : '+'}${seconds}`;
    const child = spawn(
      FAKETIME,
      ['--exclude-monotonic', '-f', offset, command, ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...this.bundle.environment(this.home),
          PATH: '/usr/bin:/bin',
          AWS_PAGER: '',
          AWS_EC2_METADATA_DISABLED: 'true',
          AWS_MAX_ATTEMPTS: '1',
        },
      },
    );
    return ended(child);
  }
}
