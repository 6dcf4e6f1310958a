import { median } from '../lookUps.mjs';

const ROUNDS = 5;
/** What the page asks for at once. */
export const PAGE_SIZE = 250;

/**
 * How long the backend takes with the questions of the page, in milliseconds from asking to the parsed answer.
 *
 * @param {{id: string, rare: string, reviewer: object}} lease
 */
export async function timeOverHttp({ id, rare, reviewer }) {
  const page = `/v1/leases/${id}/timeline?limit=${PAGE_SIZE}`;
  const histogram = `/v1/leases/${id}/activity-histogram`;
  const times = {};
  for (const [name, path] of Object.entries({
    firstPage: page,
    rareText: `${page}&text=${rare}`,
    frequentText: `${page}&text=artifacts`,
    service: `${page}&service=lambda`,
    histogram,
    histogramOfText: `${histogram}?text=artifacts`,
  })) {
    times[name] = await medianOf(() => reviewer.call(path));
  }
  const { items } = await reviewer.call(`${page}&text=${rare}`);
  const found = items.filter(({ kind }) => kind === 'event').length;
  if (found !== 1) {
    throw new Error(`A text of one event was found ${found} times`);
  }
  return times;
}

async function medianOf(ask) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return median(times);
}
