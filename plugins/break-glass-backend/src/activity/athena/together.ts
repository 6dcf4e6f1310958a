/** Runs some work side by side; where one fails, the others are given up. */
export async function together<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>[],
): Promise<T[]> {
  const failing = new AbortController();
  try {
    return await Promise.all(work(AbortSignal.any([signal, failing.signal])));
  } catch (error) {
    failing.abort(error);
    throw error;
  }
}
