import { Caller, callerOf } from '../services/Caller';
import { RoleSession } from '../world/entities';
import { World } from '../world/World';

const SIGNIN_TOKEN_MS = 15 * 60_000;
const MAX_REMEMBERED = 1_000;

/** A permission to sign in, good for 15 minutes. */
interface SigninToken {
  session: RoleSession;
  consoleUntil: number;
  expiresAt: number;
}

/** Somebody signed in to the console. */
export interface ConsoleSession {
  caller: Caller;
  session: RoleSession;
  /** Must come with every form: another site's page cannot know it. */
  formToken: string;
}

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= MAX_REMEMBERED) return;
    map.delete(key);
  }
}

/** Sign-in tokens and the console sessions that came from them, in memory. */
export class ConsoleSessions {
  private readonly tokens = new Map<string, SigninToken>();
  private readonly consoles = new Map<string, ConsoleSession>();

  constructor(private readonly world: World) {}

  /**
   * Makes a token that signs in as a session.
   * @param consoleUntil - when the console session ends, in milliseconds
   */
  issueToken(session: RoleSession, consoleUntil: number): string {
    const token = this.world.identifiers.hex(96);
    this.tokens.set(token, {
      session,
      consoleUntil,
      expiresAt: this.world.clock.now() + SIGNIN_TOKEN_MS,
    });
    forgetOldest(this.tokens);
    return token;
  }

  /**
   * Signs in with a token. As in AWS it can be used again within its 15 minutes.
   * The console works with keys of its own: same session, another access key id.
   *
   * @returns the cookie's value, or undefined for a token that is unknown or too old
   */
  signIn(
    token: string,
  ): { cookie: string; console: ConsoleSession } | undefined {
    const issued = this.tokens.get(token);
    if (!issued || this.world.clock.now() >= issued.expiresAt) return undefined;
    const session: RoleSession = {
      ...issued.session,
      ...this.world.temporaryKeys(),
      expiresAt: issued.consoleUntil,
      console: true,
    };
    const signedIn = {
      caller: callerOf(session, this.world),
      session,
      formToken: this.world.identifiers.hex(48),
    };
    const cookie = this.world.identifiers.hex(64);
    this.consoles.set(cookie, signedIn);
    forgetOldest(this.consoles);
    return { cookie, console: signedIn };
  }

  /** The console session of a cookie, as long as it lasts. */
  find(cookie: string | undefined): ConsoleSession | undefined {
    const found = cookie ? this.consoles.get(cookie) : undefined;
    return found && this.world.clock.now() < found.session.expiresAt
      ? found
      : undefined;
  }

  /** Ends a console session. */
  signOut(cookie: string | undefined): void {
    if (cookie) this.consoles.delete(cookie);
  }
}
