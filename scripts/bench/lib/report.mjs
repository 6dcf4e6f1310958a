import { LEASE_CALLS } from './logShape.mjs';
import { over } from './measure.mjs';

const MEGABYTE = 1024 * 1024;
const TARGETS = [
  {
    name: 'zcat | jq ÷ cold',
    atLeast: 4,
    of: ({ jq, cold }) => jq.ms / cold.ms,
  },
  {
    name: 'zcat | jq ÷ cached',
    atLeast: 50,
    of: ({ jq, cached }) => jq.ms / cached.ms,
  },
  {
    name: 'cold ÷ bare DuckDB',
    atMost: 1.5,
    of: ({ cold, bare }) => cold.ms / bare.ms,
  },
  {
    name: 'cold, 30 days ÷ 5 days',
    atMost: 1.3,
    of: ({ cold, few }) => cold.ms / few.ms,
  },
  { name: 'zcat | grep ÷ cold', of: ({ grep, cold }) => grep.ms / cold.ms },
  {
    name: 'zcat | grep ÷ cached',
    of: ({ grep, cached }) => grep.ms / cached.ms,
  },
  {
    name: 'CPU time: zcat | jq ÷ cold',
    of: ({ jq, cold }) => jq.cpu / cold.cpu,
  },
  {
    name: 'CPU time: cold ÷ bare DuckDB',
    of: ({ cold, bare }) => cold.cpu / bare.cpu,
  },
  {
    name: 'cached, first look of a process ÷ later',
    of: ({ cached }) => cached.first / cached.ms,
  },
];

/**
 * One line for each number that is measured: what it is, its value, what it has to be.
 * @returns {Array<{name: string, value: string, target: string, met: boolean}>}
 */
export function rowsOf({ results, building, sizes }) {
  const ratios = TARGETS.map(({ name, of, ...target }) =>
    rowOf(name, over(results, of), target),
  );
  const peak = Math.max(
    building.memory,
    ...results.flatMap(({ cold, cached }) => [cold.memory, cached.memory]),
  );
  const bytes = over(results, ({ cold }) => cold.bytes) / sizes.touched;
  return [
    ...ratios,
    rowOf(
      'building the cache ÷ cold',
      building.ms / over(results, ({ cold }) => cold.ms),
      {},
    ),
    rowOf('bytes read ÷ the account’s files of 3 days', bytes, { atMost: 1.2 }),
    rowOf(
      'Athena: bytes of the partitions ÷ table',
      sizes.touched / sizes.table,
      {},
    ),
    rowOf('peak memory of the process, MB', peak / MEGABYTE, { atMost: 512 }),
    rowOf('records found ÷ records of the lease', foundRatio(results), {
      atLeast: 1,
      atMost: 1,
    }),
  ];
}

/** A fast answer that is wrong is none: the worst of all looks counts. */
function foundRatio(results) {
  const found = results.flatMap(({ cold, cached, few }) => [
    cold.found,
    cached.found,
    few.found,
  ]);
  const right = found.every(each => each === LEASE_CALLS);
  return right ? 1 : Math.min(...found) / LEASE_CALLS;
}

function rowOf(name, value, { atLeast, atMost }) {
  const met =
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost);
  const target = [
    atLeast === undefined ? '' : `≥ ${atLeast}`,
    atMost === undefined ? '' : `≤ ${atMost}`,
  ].filter(Boolean);
  return {
    name,
    value: value.toFixed(value < 0.1 ? 4 : 2),
    target: target.join(', '),
    met,
  };
}
