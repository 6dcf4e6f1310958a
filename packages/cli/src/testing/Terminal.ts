import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Context, PortalSession } from '../Context';
import { run } from '../run';
import { Written } from './Written';
import { SignIns } from '../signIn/SignIns';
import { openSession } from '../signIn/openSession';
import { TokenStore } from '../signIn/TokenStore';

/** What a test may set. */
export interface TerminalOptions {
  now?: () => number;
  env?: Record<string, string>;
  /** Whether somebody sits there. */
  interactive?: boolean;
  openBrowser?: (url: string) => Promise<unknown>;
  /** Stands in for the sign-in of this machine. */
  session?: () => Promise<PortalSession>;
}

/** A question, and what the person types when they see it, or how they find out. */
export type Answer = [
  question: string,
  typed: string | ((shown: string) => Promise<string>),
];

/** What one command line left behind. */
export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A person's machine: a home of its own, and commands that run in this process. */
export class Terminal {
  readonly home = mkdtempSync(join(tmpdir(), 'break-glass-cli-'));
  readonly folders = {
    config: join(this.home, 'config'),
    cache: join(this.home, 'cache'),
  };
  /** Everything that any command wrote. */
  written = '';

  constructor(private readonly options: TerminalOptions = {}) {}

  /**
   * Runs a command line.
   *
   * @param answers - what the person types, each after the question that it answers was shown
   */
  async run(args: string[], answers: Answer[] = []): Promise<Outcome> {
    const { context, streams } = this.#context(answers);
    const exitCode = await run(args, context);
    this.written += streams.stdout.text + streams.stderr.text;
    return {
      exitCode,
      stdout: streams.stdout.text,
      stderr: streams.stderr.text,
    };
  }

  /** A context as a command gets it, for what is tested without a command line. */
  context(): Context {
    return this.#context([]).context;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  #context(answers: Answer[]) {
    const { interactive = answers.length > 0, now = Date.now } = this.options;
    const stdin = Object.assign(new PassThrough(), { isTTY: interactive });
    const stdout = new Written(interactive);
    const stderr = new Written(interactive);
    const left = [...answers];
    stderr.onText = text => {
      if (left.length > 0 && text.includes(left[0][0])) {
        const [, typed] = left.shift()!;
        stderr.unanswered = '';
        // A prompt listens once it has shown itself.
        setImmediate(async () => {
          stdin.write(
            typeof typed === 'string' ? typed : await typed(stderr.text),
          );
        });
      }
    };
    const context: Context = {
      stdin,
      stdout,
      stderr,
      env: { BREAK_GLASS_KEYRING: 'off', ...this.options.env },
      platform: process.platform,
      home: this.home,
      folders: this.folders,
      now,
      session: signal =>
        this.options.session?.() ??
        openSession(context, new TokenStore(context), signal),
      identity: async () => {
        const signIns = new SignIns(context);
        const backendUrl = await signIns.portal();
        const signIn = backendUrl && (await signIns.get(backendUrl));
        return signIn ? { backendUrl, userRef: signIn.userRef } : undefined;
      },
      openBrowser: async url => {
        await this.options.openBrowser?.(url);
      },
    };
    return { context, streams: { stdout, stderr } };
  }
}
