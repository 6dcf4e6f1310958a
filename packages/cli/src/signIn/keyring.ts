import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** The system's keyring, as far as we use it. */
export interface Keyring {
  /** @throws Error where nobody can say whether it holds one */
  get(account: string): Promise<string | undefined>;
  /** @throws Error where it is not kept */
  set(account: string, secret: string): Promise<void>;
  /** @returns whether something was there, and is there no more */
  remove(account: string): Promise<boolean>;
}

/** A keyring that neither gives nor refuses: it hangs, or waits for a password that nobody types. */
export class KeyringSilent extends Error {
  constructor() {
    super('The system’s keyring does not answer.');
    this.name = 'KeyringSilent';
  }
}

class KeyringRefuses extends Error {
  constructor() {
    super('The system’s keyring does not take this.');
    this.name = 'KeyringRefuses';
  }
}

/** The name under which a person finds our entries in their keyring. */
const SERVICE = 'break-glass';

/** A keyring that is locked may ask the person for a password; one that hangs must not hold us up for ever. */
const PATIENCE_MS = 30_000;

/** The build puts it beside the code that is bundled. */
// eslint-disable-next-line no-restricted-syntax
const PROGRAM = join(__dirname, 'keyringProgram.cjs');

/**
 * The keyring of this system. Each call is a process of its own, which is killed where it does not answer; after that
 * nothing more is asked of it.
 *
 * @param patienceMs - how long it may take
 * @returns undefined where it is switched off
 */
export async function systemKeyring(
  env: Record<string, string | undefined>,
  patienceMs: number = PATIENCE_MS,
): Promise<Keyring | undefined> {
  if (env.BREAK_GLASS_KEYRING === 'off') {
    return undefined;
  }
  let silent: KeyringSilent | undefined;
  const call = async (request: Request) => {
    if (silent) throw silent;
    try {
      return await callProgram(request, env, patienceMs);
    } catch (error) {
      if (error instanceof KeyringSilent) silent = error;
      throw error;
    }
  };
  return {
    get: async account => {
      const value = await call({ call: 'get', account });
      return value === undefined ? undefined : String(value);
    },
    set: async (account, secret) => {
      await call({ call: 'set', account, secret });
    },
    remove: async account => (await call({ call: 'remove', account })) === true,
  };
}

interface Request {
  call: 'get' | 'set' | 'remove';
  account: string;
  secret?: string;
}

/** Secrets go through pipes: arguments and variables of a process can be seen by others. */
function callProgram(
  request: Request,
  env: Record<string, string | undefined>,
  patienceMs: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [PROGRAM],
      {
        env: withoutPreloads(env),
        timeout: patienceMs,
        killSignal: 'SIGKILL',
        windowsHide: true,
      },
      (error, answer) => {
        if (error) {
          reject(error.killed ? new KeyringSilent() : new KeyringRefuses());
          return;
        }
        try {
          resolve(JSON.parse(answer).value);
        } catch {
          // What went wrong would quote the answer, which is secret.
          reject(new KeyringRefuses());
        }
      },
    );
    // Where the process is gone already, its end says so.
    child.stdin!.on('error', () => {});
    child.stdin!.end(JSON.stringify({ ...request, service: SERVICE }));
  });
}

/** What NODE_OPTIONS loads into every process could write into the answer. Windows knows the name in any letters. */
function withoutPreloads(
  env: Record<string, string | undefined>,
): NodeJS.ProcessEnv {
  const rest = Object.entries(env).filter(
    ([name]) => name.toUpperCase() !== 'NODE_OPTIONS',
  );
  return Object.fromEntries(rest) as NodeJS.ProcessEnv;
}

/** Whether a keyring gives back what it was given. */
export async function tryKeyring(
  keyring: Keyring | undefined,
): Promise<'works' | 'fails' | 'silent'> {
  const account = `check-${randomBytes(8).toString('hex')}`;
  try {
    await keyring?.set(account, account);
    const kept = await keyring?.get(account);
    await keyring?.remove(account);
    return kept === account ? 'works' : 'fails';
  } catch (error) {
    return error instanceof KeyringSilent ? 'silent' : 'fails';
  }
}
