/**
 * What ends a call besides its own signal: only one that reads is ended. One that changes something at the portal is
 * done there whether or not somebody waits for it, so that its answer would be lost, and credentials with it.
 *
 * @param reads - ends calls that read
 */
export function readSignal(
  init: RequestInit = {},
  reads: AbortSignal | undefined,
): AbortSignal | undefined {
  // The client always names one, which is undefined where a call has none of its own.
  return init.signal ?? ((init.method ?? 'GET') === 'GET' ? reads : undefined);
}
