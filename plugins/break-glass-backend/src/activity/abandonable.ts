/**
 * The same promise, given up when the signal says so: whoever is asked may not
 * listen to it, and must keep nobody waiting.
 * @throws the signal's reason.
 */
export async function abandonable<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  let give: (() => void) | undefined;
  const given = new Promise<never>((_, reject) => {
    give = () => reject(signal.reason);
    signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    signal.removeEventListener('abort', give!);
  }
}
