import { APIRequestContext, expect } from '@playwright/test';
import { portal } from './portal';
import { signInOverHttp } from './signInOverHttp';

/** The product's HTTP API, as one signed-in person. */
export class Api {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  /** Signs a person in through the identity provider. */
  static async of(request: APIRequestContext, person: string): Promise<Api> {
    return new Api(request, await signInOverHttp(portal, person));
  }

  /** GET where there is no body, else POST. Fails the test where the answer is not OK. */
  async call<T = any>(path: string, data?: object): Promise<T> {
    const response = await this.request.fetch(
      `${portal.backend}/api/break-glass${path}`,
      {
        method: data ? 'POST' : 'GET',
        headers: { Authorization: `Bearer ${this.token}` },
        data,
      },
    );
    const body = await response.json();
    expect(response.ok(), `${path}: ${JSON.stringify(body)}`).toBe(true);
    return body;
  }
}

/** A lease that Mary asked for and Daniel approved. */
export async function anActiveLease(
  people: { mary: Api; daniel: Api },
  request: object,
): Promise<{ id: string }> {
  const lease = await people.mary.call('/v1/leases', request);
  await people.daniel.call(`/v1/leases/${lease.id}/decisions`, {
    verdict: 'approve',
    scopeHash: lease.scopeHash,
    term: lease.term,
  });
  return lease;
}
