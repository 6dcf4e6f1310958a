/** Milliseconds that something took. */
export interface Took<T> {
  ms: number;
  result: T;
}

/** Runs once. */
export async function timed<T>(work: () => Promise<T>): Promise<Took<T>> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Runs some times, and takes the one in the middle. */
export async function usual(
  work: () => Promise<unknown>,
  rounds: number = 7,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push((await timed(work)).ms);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

const MEGABYTE = 1024 * 1024;
const SAMPLE_MS = 20;

/** Memory that the process took at most while the work ran, in MB beyond what it had before. */
export async function peakOf<T>(
  work: () => Promise<T>,
): Promise<Took<T> & { peakMb: number }> {
  global.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, SAMPLE_MS);
  try {
    const took = await timed(work);
    peak = Math.max(peak, process.memoryUsage().rss);
    return { ...took, peakMb: Math.round((peak - before) / MEGABYTE) };
  } finally {
    clearInterval(timer);
  }
}
