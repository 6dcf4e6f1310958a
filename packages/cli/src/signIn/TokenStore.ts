import { join } from 'node:path';
import { Context } from '../Context';
import { readPrivate, writePrivate } from '../files/privateFile';
import { commandHint } from '../frame/commandHint';
import { note } from '../frame/output';
import { Keyring, KeyringSilent, systemKeyring } from './keyring';
import { SignIns, TokenPlace } from './SignIns';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { loginHint } from './loginHint';
import { parseTokens, Tokens } from './Tokens';

const SILENT_WORDS =
  'The system’s keyring does not answer: it hangs, or waits for its password in a window.';

/** The keyring that keeps the tokens of a sign-in gives nothing: they live on in it. */
export class KeyringClosed extends CliError {
  constructor(portal: string, cause?: unknown) {
    const hint = loginHint(portal);
    super(
      cause instanceof KeyringSilent
        ? `${SILENT_WORDS} Unlock it and try again; or do without it: set BREAK_GLASS_KEYRING=off, and sign in anew: ${hint}`
        : `The keyring that keeps this sign-in does not open: it is locked, or switched off by BREAK_GLASS_KEYRING. Open it and try again, or sign in anew: ${hint}`,
      EXIT.notSignedIn,
    );
  }
}

/** Keeps tokens in the system's keyring, or else in a file that only the person can read, `tokens.json`. */
export class TokenStore {
  readonly path: string;
  #keyring?: Promise<Keyring | undefined>;

  constructor(
    private readonly context: Context,
    private readonly findKeyring: () => Promise<Keyring | undefined> = () =>
      systemKeyring(context.env),
  ) {
    this.path = join(context.folders.config, 'tokens.json');
  }

  /**
   * The tokens of a sign-in; undefined where they are gone.
   * @throws KeyringClosed where they are in a keyring that is not to be read
   */
  async load(portal: string): Promise<Tokens | undefined> {
    if (await this.#areInKeyring(portal)) {
      return parseTokens(await this.#getInKeyring(portal));
    }
    return (await this.#readFile())[portal];
  }

  /**
   * Keeps tokens. The caller holds the lock of the sign-in.
   *
   * @returns where they are now
   */
  async save(portal: string, tokens: Tokens): Promise<TokenPlace> {
    if (await this.#inKeyring(portal, JSON.stringify(tokens))) {
      await this.#forgetInFile(portal);
      return 'keyring';
    }
    await this.#writeFile({ ...(await this.#readFile()), [portal]: tokens });
    return 'file';
  }

  /**
   * Forgets them, wherever they are.
   * @throws KeyringClosed where they stay in the keyring
   */
  async remove(portal: string): Promise<void> {
    const keyring = await this.#system();
    const removed = await keyring?.remove(portal).catch(() => false);
    if (await this.#areInKeyring(portal)) {
      // One that removed them need not be able to say that they are gone.
      const left = removed
        ? await keyring?.get(portal).catch(() => undefined)
        : await this.#getInKeyring(portal);
      if (left) throw new KeyringClosed(portal);
    }
    await this.#forgetInFile(portal);
  }

  async #areInKeyring(portal: string): Promise<boolean> {
    return (await new SignIns(this.context).get(portal))?.tokens === 'keyring';
  }

  async #getInKeyring(portal: string): Promise<string | undefined> {
    const keyring = await this.#system();
    if (!keyring) {
      throw new KeyringClosed(portal);
    }
    return keyring.get(portal).catch(error => {
      throw new KeyringClosed(portal, error);
    });
  }

  /** A keyring may refuse, be locked, or cut what is too long: kept is only what comes back whole. */
  async #inKeyring(portal: string, text: string): Promise<boolean> {
    const keyring = await this.#system();
    try {
      await keyring?.set(portal, text);
      return (await keyring?.get(portal)) === text;
    } catch (error) {
      if (error instanceof KeyringSilent) {
        note(
          this.context,
          `${SILENT_WORDS} With BREAK_GLASS_KEYRING=off nobody waits for it.`,
        );
      }
      return false;
    }
  }

  async #forgetInFile(portal: string): Promise<void> {
    const { [portal]: gone, ...rest } = await this.#readFile();
    if (gone) {
      await this.#writeFile(rest);
    }
  }

  async #readFile(): Promise<Record<string, Tokens>> {
    const kept = await readPrivate(this.path);
    if (kept?.wasOpen) {
      note(
        this.context,
        `Warning: others on this machine could read ${
          this.path
        }; it is closed now. If you do not trust them, sign in again after: ${commandHint(
          this.context,
          'logout',
        )}`,
      );
    }
    return parseAll(kept?.text);
  }

  #writeFile(tokens: Record<string, Tokens>): Promise<void> {
    return writePrivate(this.path, `${JSON.stringify(tokens)}\n`);
  }

  #system(): Promise<Keyring | undefined> {
    this.#keyring ??= this.findKeyring();
    return this.#keyring;
  }
}

/** What a person should know where tokens are not in a keyring. */
export function fileWarning({ path }: TokenStore): string {
  return `Warning: no keyring works here, so the sign-in is in ${path}. Whoever can read your files can use it.`;
}

function parseAll(text: string | undefined): Record<string, Tokens> {
  try {
    return Object.fromEntries(
      Object.entries(JSON.parse(text ?? '{}')).flatMap(([portal, value]) => {
        const tokens = parseTokens(JSON.stringify(value));
        return tokens ? [[portal, tokens]] : [];
      }),
    );
  } catch {
    return {};
  }
}
