/**
 * The same promise, given up when the signal says so: whoever is asked may not
 * listen to it, and must keep nobody waiting. What becomes of it then concerns
 * nobody any more, not even where it fails.
 * @throws the signal's reason.
 */
export async function abandonable<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let give = () => {};
  const given = new Promise<never>((_, reject) => {
    give = () => reject(signal.reason);
    if (signal.aborted) {
      give();
    }
    signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([given, work]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}
