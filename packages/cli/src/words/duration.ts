import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/** Whole minutes as `45 min`, `2 h` or `1 h 30 min`. */
export function durationWords(totalMinutes: number): string {
  const hours = Math.floor(totalMinutes / 60);
  const minutes = totalMinutes % 60;
  const words = [hours && `${hours} h`, minutes && `${minutes} min`];
  return words.filter(Boolean).join(' ') || '0 min';
}

/**
 * Reads `45m`, `2h`, `1h30m` or minutes alone.
 *
 * @returns whole minutes, at least one
 * @throws CliError with `usage`
 */
export function parseDuration(text: string): number {
  const parts = /^(?:(\d{1,4})h)?(?:(\d{1,6})(?:m|min)?)?$/.exec(
    text.replace(/\s+/g, ''),
  );
  const minutes = Number(parts?.[1] ?? 0) * 60 + Number(parts?.[2] ?? 0);
  if (!parts || minutes < 1) {
    throw new CliError(
      `"${text}" is no duration. It looks like 45m, 2h or 1h30m.`,
      EXIT.usage,
    );
  }
  return minutes;
}
