import { signInOverHttp } from './typescript.mjs';

const ANSWER_WITHIN_MS = 60_000;

/** The product's HTTP API, as one signed-in person. */
export class Api {
  #address;
  #token;

  constructor(address, token) {
    this.#address = address;
    this.#token = token;
  }

  /** Signs a person in through the identity provider. */
  static async of(addresses, person) {
    const token = await signInOverHttp(addresses, person);
    return new Api(`${addresses.backend}/api/break-glass`, token);
  }

  /**
   * GET where there is no body, else POST.
   *
   * @throws Error with the answer where it is not OK
   */
  async call(path, body) {
    const response = await fetch(`${this.#address}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${path} was answered with ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  }
}
