/** Days that a period can reach back by one click. */
export const PRESET_DAYS = [7, 30, 90] as const;

const DAY_MS = 24 * 60 * 60_000;

/** What the period fields hold. */
export interface PeriodChoice {
  /** Days back from now, or the person's own days. */
  kind: (typeof PRESET_DAYS)[number] | 'custom';
  /** First and last day, both included, as the browser's date inputs give them: `2026-10-31`, local. */
  from: string;
  to: string;
}

/** What the insights are asked for; without `to`, until now. */
export interface Period {
  from: string;
  to?: string;
}

/** The last 30 days; the fields of one's own days start out with the same. */
export function defaultChoice(now: number): PeriodChoice {
  return {
    kind: 30,
    from: localDay(new Date(now - 30 * DAY_MS)),
    to: localDay(new Date(now)),
  };
}

/** The period of a choice; `undefined` where its days are missing or the wrong way round. */
export function periodOf(
  choice: PeriodChoice,
  now: number,
): Period | undefined {
  if (choice.kind !== 'custom') {
    return { from: new Date(now - choice.kind * DAY_MS).toISOString() };
  }
  const from = startOf(choice.from);
  const after = startOf(choice.to);
  after.setDate(after.getDate() + 1);
  return after.getTime() > from.getTime()
    ? { from: from.toISOString(), to: after.toISOString() }
    : undefined;
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00`);
}

function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
