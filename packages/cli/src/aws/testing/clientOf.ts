// Used by tests only, though not one itself.
import { BreakGlassClient } from 'backstage-plugin-break-glass-common';
import { fetchPortal } from '../../portal/fetchPortal';
import { readSignal } from '../../portal/readSignal';

/** The API as somebody has it who is signed in with a token. */
export function clientOf(
  url: string,
  token: string,
  signal?: AbortSignal,
): BreakGlassClient {
  return new BreakGlassClient({
    baseUrl: async () => url,
    fetch: (input, init) =>
      fetchPortal(String(input), {
        ...init,
        signal: readSignal(init, signal),
        headers: { ...init?.headers, Authorization: `Bearer ${token}` },
      }),
  });
}
