/**
 * Whether people are enough for seats, one person taking one seat (Kuhn's
 * augmenting paths: a person may move to another seat that they fit too).
 *
 * @param seats - for each seat the names of those who fit it
 * @returns the seats that stay empty, by position, and who sits in the others
 */
export function seat(seats: ReadonlyArray<readonly string[]>): {
  empty: number[];
  taken: Set<string>;
} {
  const seatOf = new Map<string, number>();
  const empty = seats.flatMap((_, at) =>
    find(at, seats, seatOf, new Set()) ? [] : [at],
  );
  return { empty, taken: new Set(seatOf.keys()) };
}

function find(
  at: number,
  seats: ReadonlyArray<readonly string[]>,
  seatOf: Map<string, number>,
  tried: Set<string>,
): boolean {
  for (const name of seats[at]) {
    if (tried.has(name)) {
      continue;
    }
    tried.add(name);
    const held = seatOf.get(name);
    if (held === undefined || find(held, seats, seatOf, tried)) {
      seatOf.set(name, at);
      return true;
    }
  }
  return false;
}
