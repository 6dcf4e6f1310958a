/**
 * Waits for work that runs at once.
 * @returns the values
 * @throws what the first in the order of the list failed with, whichever failed first in time: refusals stay the same
 */
export async function inOrder<T extends unknown[]>(work: {
  [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  const settled = await Promise.allSettled(work);
  return settled.map(one => {
    if (one.status === 'rejected') {
      throw one.reason;
    }
    return one.value;
  }) as T;
}
