import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { writePrivate } from '../files/privateFile';
import { withLock } from '../files/withLock';
import { portalAddress } from './portalAddress';

/** Where the tokens of a sign-in are. */
export type TokenPlace = 'keyring' | 'file';

/** A sign-in without its secrets. */
export interface SignIn {
  /** `user:default/mary`. */
  userRef: string;
  tokens: TokenPlace;
  /** Milliseconds since 1970. */
  signedInAt: number;
}

interface Known {
  /** Portal of the last login. */
  current?: string;
  portals: Record<string, SignIn>;
}

/** The people of this machine's person at portals: a small file without secrets, `sign-ins.json`. */
export class SignIns {
  readonly path: string;

  constructor(private readonly context: Pick<Context, 'folders' | 'env'>) {
    this.path = join(context.folders.config, 'sign-ins.json');
  }

  /**
   * The portal that was chosen, by option, variable or the last login.
   * @throws CliError where the sign-ins cannot be read
   */
  async portal(): Promise<string | undefined> {
    const { BREAK_GLASS_PORTAL: chosen } = this.context.env;
    return chosen ? portalAddress(chosen) : (await this.#read()).current;
  }

  async get(portal: string): Promise<SignIn | undefined> {
    const { portals } = await this.#read();
    return Object.hasOwn(portals, portal) ? portals[portal] : undefined;
  }

  /** Keeps a sign-in, and makes its portal the current one. */
  async put(portal: string, signIn: SignIn): Promise<void> {
    await this.#change(known => {
      known.portals[portal] = signIn;
      known.current = portal;
    });
  }

  /** Notes that tokens went to another place. */
  async move(portal: string, tokens: TokenPlace): Promise<void> {
    await this.#change(known => {
      const signIn = known.portals[portal];
      if (signIn) signIn.tokens = tokens;
    });
  }

  async remove(portal: string): Promise<void> {
    await this.#change(known => {
      delete known.portals[portal];
      if (known.current === portal) {
        known.current = Object.keys(known.portals)[0];
      }
    });
  }

  async #change(change: (known: Known) => void): Promise<void> {
    await withLock(this.path, async () => {
      const known = await this.#read();
      change(known);
      await writePrivate(this.path, `${JSON.stringify(known, null, 2)}\n`);
    });
  }

  async #read(): Promise<Known> {
    const text = await readFile(this.path, 'utf8').catch(error => {
      if (error.code === 'ENOENT') return '';
      throw new CliError(
        `Nothing can be read in ${this.context.folders.config} (${error.code}), where your sign-ins are. Make it a folder that is yours, or mend it.`,
        EXIT.failed,
      );
    });
    return parse(text);
  }
}

/** What cannot be understood counts as nothing: the person signs in again. */
function parse(text: string): Known {
  try {
    const { current, portals } = JSON.parse(text);
    const entries = Object.entries(portals as Record<string, SignIn>).filter(
      ([, signIn]) =>
        typeof signIn?.userRef === 'string' &&
        ['keyring', 'file'].includes(signIn.tokens),
    );
    return {
      portals: Object.fromEntries(entries),
      ...(typeof current === 'string' && { current }),
    };
  } catch {
    return { portals: {} };
  }
}
