import { monitorEventLoopDelay } from 'perf_hooks';

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
/** In a millisecond. */
const NANOSECONDS = 1e6;

/** What something cost beside its time. */
export interface Cost {
  /** Memory that the process took at most meanwhile, in MB beyond what it had before. */
  peakMb: number;
  /** How long everything else in the process had to wait at most, in ms. */
  longestTurnMs: number;
}

/** Runs once, and watches. */
export async function peakOf<T>(
  work: () => Promise<T>,
): Promise<Took<T> & Cost> {
  global.gc?.();
  const turns = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, SAMPLE_MS);
  turns.enable();
  try {
    const took = await timed(work);
    peak = Math.max(peak, process.memoryUsage().rss);
    return {
      ...took,
      peakMb: Math.round((peak - before) / MEGABYTE),
      longestTurnMs: Math.round(turns.max / NANOSECONDS),
    };
  } finally {
    turns.disable();
    clearInterval(timer);
  }
}
