import { Text } from '../../translation';

/** Whole minutes as `45 min`, `2 h` or `1 h 30 min`. */
export function durationWords(totalMinutes: number, t: Text): string {
  const hours = Math.floor(totalMinutes / 60);
  const minutes = totalMinutes % 60;
  if (hours === 0) {
    return t('common.minutes', { minutes: String(minutes) });
  }
  return minutes === 0
    ? t('common.hours', { hours: String(hours) })
    : t('common.hoursMinutes', {
        hours: String(hours),
        minutes: String(minutes),
      });
}
