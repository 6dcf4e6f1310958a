// Used by tests only, though not one itself.
import { PassThrough, Writable } from 'node:stream';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Context } from '../../Context';
import { start } from '../../start';
import { AwsPortal, tokenFor } from './AwsPortal';
import { clientOf } from './clientOf';

/** What a command left behind. */
export interface Ran {
  stdout: string;
  stderr: string;
  exitCode: number;
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
      session: async signal => ({
        ...identity,
        client: clientOf(portal.url, tokenFor(person), signal),
      }),
      identity: async () => identity,
      openBrowser: async () => {},
      ...change,
    };
  }

  /** Runs a command as `main` does: what it writes, and what it exits with. */
  async run(args: string[]): Promise<Ran> {
    this.written = { stdout: '', stderr: '' };
    const exitCode = await start(args, this.context);
    return { ...this.written, exitCode };
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
