import { randomBytes } from 'node:crypto';

/** The system's keyring, as far as we use it. */
export interface Keyring {
  get(account: string): Promise<string | undefined>;
  /** @throws Error where it is not kept */
  set(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
}

/** The name under which a person finds our entries in their keyring. */
const SERVICE = 'break-glass';

/** A keyring that is locked may ask the person for a password; one that hangs must not hold us up for ever. */
const PATIENCE_MS = 30_000;

/**
 * The keyring of this system.
 *
 * @returns undefined where there is none, or none that works
 */
export async function systemKeyring(
  env: Record<string, string | undefined>,
): Promise<Keyring | undefined> {
  if (env.BREAK_GLASS_KEYRING === 'off') {
    return undefined;
  }
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    const entry = (account: string) => new AsyncEntry(SERVICE, account);
    const signal = () => AbortSignal.timeout(PATIENCE_MS);
    const keyring: Keyring = {
      get: async account =>
        (await entry(account).getPassword(signal())) ?? undefined,
      set: (account, secret) => entry(account).setPassword(secret, signal()),
      remove: async account => {
        await entry(account).deleteCredential(signal());
      },
    };
    return keyring;
  } catch {
    return undefined;
  }
}

/** Whether a keyring gives back what it was given. */
export async function keyringWorks(
  keyring: Keyring | undefined,
): Promise<boolean> {
  const account = `check-${randomBytes(8).toString('hex')}`;
  try {
    await keyring?.set(account, account);
    const kept = await keyring?.get(account);
    await keyring?.remove(account);
    return kept === account;
  } catch {
    return false;
  }
}
