import { Millis } from './database/types';

const MINUTE = 60_000;

/** How long ago something was, in words: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function agoWords(age: Millis): string {
  const minutes = Math.max(0, Math.round(age / MINUTE));
  if (minutes === 0) {
    return 'just now';
  }
  if (minutes < 120) {
    return `${minutes} min ago`;
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}
