import { AccessLevel } from 'backstage-plugin-break-glass-common';

/** All access levels, from the most harmless to the least. */
export const ACCESS_LEVELS: AccessLevel[] = [
  'list',
  'read',
  'tagging',
  'write',
  'permissions-management',
  'unknown',
];

/** True for calls that only looked. As for the backend's counts and filter, everything else is a write. */
export function isReading(level: AccessLevel): boolean {
  return level === 'list' || level === 'read';
}
