import { StepView } from '../StepView';

/** I10: no secret is stored, logged or sent. */
export function I10({ after, before, world, text }: StepView): string[] {
  const { secrets } = world.memory;
  if (secrets.size === 0) {
    return [];
  }
  // What was there before was looked through then, for all secrets but the newest, which nobody knew.
  const fresh = Object.entries(after.tables).map(([name, rows]) => {
    const known = new Set(
      (before.tables[name] ?? []).map(row => JSON.stringify(row)),
    );
    return rows.map(row => JSON.stringify(row)).filter(row => !known.has(row));
  });
  const words = JSON.stringify([fresh, text, after.spooled]);
  return [...secrets]
    .filter(secret => words.includes(secret))
    .map(secret => `I10: a secret got out: ${secret.slice(0, 6)}…`);
}
