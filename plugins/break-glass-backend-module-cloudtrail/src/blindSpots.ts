/** How far back the event history goes, in milliseconds. */
const KEPT_MS = 90 * 24 * 3_600_000;

/** Oldest instant that the event history still holds; epoch milliseconds. */
export function oldestKept(now: number): number {
  return now - KEPT_MS;
}

/** What an event history cannot show, in sentences. */
export function blindSpots(facts: {
  regions: string[];
  from: number;
  now: number;
}): string[] {
  const oldest = oldestKept(facts.now);
  return [
    "CloudTrail's event history holds no data events: reading and writing of objects, items and messages is not in it.",
    `Only these regions were looked in: ${facts.regions.join(', ')}.`,
    'What was done through a role assumed from a session is found by the AssumeRole record that led to it, not by its source identity.',
    ...(facts.from < oldest
      ? [
          `CloudTrail's event history keeps 90 days: what was done before ${new Date(
            oldest,
          ).toISOString()} is gone from it.`,
        ]
      : []),
  ];
}
