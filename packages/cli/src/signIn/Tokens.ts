/** The secrets of a sign-in. */
export interface Tokens {
  accessToken: string;
  /** Good for one renewal, which gives the next; absent where the portal gives none. */
  refreshToken?: string;
  /** When the access token came, and when it stops, by this machine's clock; milliseconds since 1970. */
  issuedAt: number;
  expiresAt: number;
}

/** Reads what a store kept; undefined for anything else. */
export function parseTokens(text: string | undefined): Tokens | undefined {
  try {
    const tokens = JSON.parse(text ?? '');
    return typeof tokens?.accessToken === 'string' &&
      typeof tokens.issuedAt === 'number' &&
      typeof tokens.expiresAt === 'number'
      ? tokens
      : undefined;
  } catch {
    return undefined;
  }
}
