/** What some work took, under some number of clients. */
export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** Runs the work with some clients at once, each item once. */
export async function run(
  clients: number,
  items: number,
  work: (index: number) => Promise<unknown>,
): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  const client = async () => {
    for (let mine = next++; mine < items; mine = next++) {
      const before = performance.now();
      await work(mine);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1_000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)];
  return { perSecond: items / seconds, p50: at(0.5), p99: at(0.99) };
}

/** Milliseconds for a column. */
export function ms(value: number): string {
  return `${value.toFixed(1).padStart(6)} ms`;
}
