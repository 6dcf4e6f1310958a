/** A member of a CloudTrail record by its path; undefined where anything on the way is missing. */
export function member(record: unknown, ...path: string[]): unknown {
  let value = record;
  for (const name of path) {
    if (
      typeof value !== 'object' ||
      value === null ||
      !Object.prototype.hasOwnProperty.call(value, name)
    ) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The same for a text; anything else is undefined. */
export function text(record: unknown, ...path: string[]): string | undefined {
  const value = member(record, ...path);
  return typeof value === 'string' ? value : undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/** An instant as CloudTrail writes it, in epoch milliseconds; undefined for any other text. */
export function instant(value: string | undefined): number | undefined {
  if (!value || !INSTANT.test(value)) {
    return undefined;
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * Whether a record is from a time. One that does not say when it was may be:
 * whoever leaves it out loses evidence.
 * @param time - epoch milliseconds: from, inclusive, and to, exclusive
 */
export function isWithin(
  record: unknown,
  { from, to }: { from: number; to: number },
): boolean {
  const at = instant(text(record, 'eventTime'));
  return at === undefined || (at >= from && at < to);
}
