import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { repeated } from '../frame/inert';
import { fetchPortal } from '../portal/fetchPortal';
import { loginHint } from './loginHint';
import { Tokens } from './Tokens';
import { tokenClaims } from './tokenClaims';

/** What is asked for: who the person is, and a sign-in that can be renewed. */
const SCOPE = 'openid offline_access';

/** An authorization that a browser is sent to. */
export interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  /** S256 of the verifier. */
  challenge: string;
}

/** The refusal of a token, which only a new sign-in mends. */
export class SignInGone extends CliError {
  constructor(portal: string, reason: string) {
    super(
      `The portal does not renew this sign-in any more (${reason}). Run: ${loginHint(
        portal,
      )}`,
      EXIT.notSignedIn,
    );
  }
}

/**
 * What Backstage's auth backend offers to command-line clients: OAuth with an authorization code and PKCE. The client is
 * a public one that the portal itself describes by a client ID metadata document.
 */
export class OAuthClient {
  readonly #issuer: string;

  constructor(readonly portal: string, private readonly now: () => number) {
    this.#issuer = `${portal}/api/auth`;
  }

  get clientId(): string {
    return `${this.#issuer}/.well-known/oauth-client/cli.json`;
  }

  /**
   * Asks the portal whether it signs command-line clients in.
   * @throws CliError with the next step where it does not, or where it calls itself by another address
   */
  async check(): Promise<void> {
    const discovery = await this.#json('/.well-known/openid-configuration');
    if (typeof discovery?.issuer !== 'string') {
      throw new CliError(
        `No Backstage backend answers at ${this.portal}. The address is the one of the backend (backend.baseUrl), which may differ from the one of the pages.`,
        EXIT.usage,
      );
    }
    if (discovery.issuer !== this.#issuer) {
      throw new CliError(otherIssuerWords(discovery.issuer), EXIT.usage);
    }
    const client = await this.#json('/.well-known/oauth-client/cli.json');
    if (client?.client_id !== this.clientId) {
      throw new CliError(
        'This portal signs no command-line programs in. Its operators can allow it: auth.clientIdMetadataDocuments.enabled',
        EXIT.refused,
      );
    }
  }

  /** The address where the person agrees. It holds no secret: the verifier stays here. */
  authorizeUrl(request: AuthorizationRequest): string {
    const url = new URL(`${this.#issuer}/v1/authorize`);
    url.search = new URLSearchParams({
      client_id: this.clientId,
      redirect_uri: request.redirectUri,
      response_type: 'code',
      scope: SCOPE,
      state: request.state,
      code_challenge: request.challenge,
      code_challenge_method: 'S256',
    }).toString();
    return url.href;
  }

  /** @throws CliError where the portal does not take the code */
  redeem(code: string, redirectUri: string, verifier: string): Promise<Tokens> {
    return this.#tokens({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: this.clientId,
    });
  }

  /**
   * Gives an old refresh token for a new pair.
   * @throws SignInGone where the portal takes it no more
   */
  renew(refreshToken: string): Promise<Tokens> {
    return this.#tokens({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: this.clientId,
    });
  }

  /** Makes a refresh token worthless. */
  async revoke(refreshToken: string): Promise<void> {
    const response = await this.#post('/v1/revoke', {
      token: refreshToken,
      token_type_hint: 'refresh_token',
      client_id: this.clientId,
    });
    if (!response.ok) {
      throw new CliError(
        `The portal did not take the sign-in back (${response.status}).`,
        EXIT.unavailable,
      );
    }
  }

  async #tokens(body: Record<string, string>): Promise<Tokens> {
    const response = await this.#post('/v1/token', body);
    const answer = await response.json().catch(() => undefined);
    if (response.status >= 500 || response.status === 429) {
      throw new CliError(
        `The portal cannot renew sign-ins now (${response.status}). Try again soon.`,
        EXIT.unavailable,
      );
    }
    if (!response.ok || typeof answer?.access_token !== 'string') {
      throw new SignInGone(
        this.portal,
        repeated(answer?.error_description ?? `status ${response.status}`),
      );
    }
    return this.#accept(answer);
  }

  #accept(answer: Record<string, unknown>): Tokens {
    const accessToken = answer.access_token as string;
    const claims = tokenClaims(accessToken);
    if (claims.iss !== this.#issuer) {
      throw new CliError(
        'The portal gave a token of another issuer. It is not used.',
        EXIT.refused,
      );
    }
    // The answer says an hour whatever is configured; the token is exact, by the portal's clock.
    const lifetime = Math.min(
      claims.exp - claims.iat,
      Number(answer.expires_in) || Infinity,
    );
    const issuedAt = this.now();
    return {
      accessToken,
      issuedAt,
      expiresAt: issuedAt + lifetime * 1000,
      ...(typeof answer.refresh_token === 'string' && {
        refreshToken: answer.refresh_token,
      }),
    };
  }

  #post(path: string, body: Record<string, string>): Promise<Response> {
    return fetchPortal(`${this.#issuer}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #json(path: string): Promise<Record<string, unknown> | undefined> {
    const response = await fetchPortal(`${this.#issuer}${path}`);
    return response.ok ? response.json().catch(() => undefined) : undefined;
  }
}

/** What people may copy into their shell is checked by pattern (pitfall 32). */
function otherIssuerWords(issuer: string): string {
  const [, portal] =
    /^(https?:\/\/[\w.:/[\]-]+)\/api\/auth$/.exec(issuer) ?? [];
  return portal
    ? `This portal calls itself ${portal}. If that is where you want to sign in: break-glass login --portal ${portal}`
    : 'This portal calls itself by an address that is none. Ask its operators for the right one (backend.baseUrl).';
}
