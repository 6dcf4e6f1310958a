import { Context } from '../Context';
import { withLock } from '../files/withLock';
import { note } from '../frame/output';
import { tokenClaims } from './tokenClaims';
import { OAuthClient, SignInGone } from './OAuthClient';
import { SignIns } from './SignIns';
import { Tokens } from './Tokens';
import { fileWarning, TokenStore } from './TokenStore';

/** Renewed while this much is left, so that it lasts for the request. */
const MARGIN_MS = 60_000;

/**
 * Access tokens of one sign-in. Refresh tokens work once, so that processes that run at once renew one after the other,
 * and those that waited take what the first one got.
 */
export class AccessTokens {
  #tokens?: Tokens;

  constructor(
    private readonly context: Context,
    private readonly client: OAuthClient,
    private readonly store: TokenStore,
    private readonly userRef: string,
    /** Whether to give up soon where another process renews. */
    private readonly brief: boolean = false,
  ) {}

  /**
   * A token that is good for the next request.
   *
   * @param refused - a token that the portal did not take, which no clock here knows
   * @throws CliError with `notSignedIn` where the sign-in is over
   */
  async get(refused?: string): Promise<string> {
    this.#tokens ??= await this.store.load(this.client.portal);
    if (!this.#fresh(refused)) {
      this.#tokens = await withLock(
        this.store.path,
        () => this.#renew(refused),
        { brief: this.brief },
      );
    }
    const { accessToken } = this.#tokens!;
    // The session acts, and keeps credentials, in the name of the one whom it was opened for.
    if (tokenClaims(accessToken).sub !== this.userRef) {
      throw new SignInGone(this.client.portal, 'it is of somebody else now');
    }
    return accessToken;
  }

  async #renew(refused?: string): Promise<Tokens> {
    this.#tokens = await this.store.load(this.client.portal);
    if (this.#fresh(refused)) {
      return this.#tokens!;
    }
    const refreshToken = this.#tokens?.refreshToken;
    if (!refreshToken) {
      throw new SignInGone(
        this.client.portal,
        this.#tokens ? 'it ran out' : 'its tokens are gone from this machine',
      );
    }
    const tokens = await this.client.renew(refreshToken);
    const place = await this.store.save(this.client.portal, tokens);
    const signIns = new SignIns(this.context);
    if ((await signIns.get(this.client.portal))?.tokens !== place) {
      if (place === 'file') note(this.context, fileWarning(this.store));
      await signIns.move(this.client.portal, place);
    }
    return tokens;
  }

  #fresh(refused?: string): boolean {
    return (
      this.#tokens !== undefined &&
      this.#tokens.accessToken !== refused &&
      this.#tokens.expiresAt - MARGIN_MS > this.context.now()
    );
  }
}
