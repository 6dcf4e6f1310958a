import { Readable, Writable } from 'node:stream';
import { BreakGlassClient } from 'backstage-plugin-break-glass-common';

/** Who is signed in at which portal. */
export interface PortalSession {
  /** Base URL of the portal's backend, without a slash at its end. */
  backendUrl: string;
  /** `user:default/mary`. */
  userRef: string;
  /** The API, with the person's token; renews it where needed. */
  client: BreakGlassClient;
}

/**
 * What a command is given: nothing of the process is reached in any other way,
 * so that tests run commands in their own process.
 */
export interface Context {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  platform: NodeJS.Platform;
  /** Home directory of the person. */
  home: string;
  /** Folders of this command, by the system's habits (`env-paths`). */
  folders: { config: string; cache: string };
  now(): number;
  /**
   * The signed-in person.
   *
   * @param signal - ends calls to the API that read. Not those that change something, nor a renewal of the sign-in:
   * what they got would be lost with the answer
   * @throws CliError with `notSignedIn`
   */
  session(signal?: AbortSignal): Promise<PortalSession>;
  /**
   * Who would be signed in, from this machine's files alone: no token is read and nothing is asked of
   * the portal. What the cache of credentials is kept by. Undefined without a sign-in.
   */
  identity(): Promise<
    Pick<PortalSession, 'backendUrl' | 'userRef'> | undefined
  >;
  /**
   * Opens an address in the person's browser.
   * @throws Error where nothing on this machine opens one
   */
  openBrowser(url: string): Promise<void>;
}
