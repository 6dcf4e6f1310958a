// Used by tests only, though not one itself.
import { PassThrough, Writable } from 'node:stream';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerCredentialProcess } from '../../commands/credentialProcess';
import { registerCredentials } from '../../commands/credentials';
import { registerExec } from '../../commands/exec';
import { Context } from '../../Context';
import { CredentialProcessOptions } from '../credentialProcess';
import { AwsPortal, clientOf, tokenFor } from './AwsPortal';

/** What a command left behind. */
export interface Ran {
  stdout: string;
  stderr: string;
  error?: Error & { exitCode?: number };
}

/** A person at a machine of theirs, signed in at a portal. Commands run in this process. */
export class TestContext {
  readonly context: Context;
  private written = { stdout: '', stderr: '' };

  constructor(
    portal: Pick<AwsPortal, 'url' | 'clock'>,
    person: string = 'mary',
    change: Partial<Context> = {},
    readonly home: string = mkdtempSync(join(tmpdir(), 'break-glass-home-')),
  ) {
    const identity = {
      backendUrl: portal.url.replace(/\/api\/break-glass$/, ''),
      userRef: `user:default/${person}`,
    };
    this.context = {
      stdin: new PassThrough(),
      stdout: this.into('stdout'),
      stderr: this.into('stderr'),
      env: {},
      platform: 'linux',
      home,
      folders: { config: join(home, 'config'), cache: join(home, 'cache') },
      now: () => portal.clock.now(),
      session: async () => ({
        ...identity,
        client: clientOf(portal.url, tokenFor(person)),
      }),
      identity: async () => identity,
      openBrowser: async () => {},
      ...change,
    };
  }

  /** Runs a command as `main` does: what it writes, and what it throws. */
  async run(
    args: string[],
    options: CredentialProcessOptions = {},
  ): Promise<Ran> {
    this.written = { stdout: '', stderr: '' };
    const program = new Command('break-glass').exitOverride().configureOutput({
      writeErr: text => this.context.stderr.write(text),
      writeOut: text => this.context.stdout.write(text),
    });
    registerCredentials(program, this.context);
    registerCredentialProcess(program, this.context, options);
    registerExec(program, this.context);
    program.commands.forEach(command => command.copyInheritedSettings(program));
    try {
      await program.parseAsync(args, { from: 'user' });
      return this.written;
    } catch (error) {
      return { ...this.written, error: error as Error };
    }
  }

  private into(name: 'stdout' | 'stderr'): Writable {
    return new Writable({
      write: (chunk, _encoding, done) => {
        this.written[name] += chunk;
        done();
      },
    });
  }
}
