import { ErrorCode, errorCodeSchema } from '../contract/errors';

/** The stable code of an error from the API, if it carries one. */
export function errorCodeOf(error: unknown): ErrorCode | undefined {
  const candidates = [
    (error as { body?: { error?: { code?: unknown } } })?.body?.error?.code,
    (error as { cause?: { code?: unknown } })?.cause?.code,
    (error as { code?: unknown })?.code,
  ];
  for (const candidate of candidates) {
    const parsed = errorCodeSchema.safeParse(candidate);
    if (parsed.success) {
      return parsed.data;
    }
  }
  return undefined;
}
