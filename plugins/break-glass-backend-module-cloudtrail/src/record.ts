import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';

/** A member of a record by its path; undefined where anything on the way is missing. */
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

/** Whether a record is from a time, from inclusive to exclusive; one without a readable time may be. */
export function isWithin(
  record: RawCloudTrailRecord,
  { from, to }: { from: number; to: number },
): boolean {
  const at = Date.parse(text(record, 'eventTime') ?? '');
  return Number.isNaN(at) || (at >= from && at < to);
}

/** Session name at the end of the caller's ARN. */
export function sessionNameOf(record: RawCloudTrailRecord): string | undefined {
  return text(record, 'userIdentity', 'arn')?.split('/')[2];
}
