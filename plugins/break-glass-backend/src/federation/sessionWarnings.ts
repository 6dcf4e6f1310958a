import { BreakGlassConfig, RoleConfig } from '../config/types';
import { Millis } from '../database/types';
import { MIN_SESSION_SECONDS } from './sessionDuration';

/** What a person should know about credentials before using them, in words. */
export function sessionWarnings(
  config: Pick<BreakGlassConfig, 'sourceIdentity' | 'sessionTags'>,
  facts: { role: RoleConfig; leaseEndsAt?: Millis; now: Millis },
): string[] {
  const warnings: string[] = [];
  const { role, leaseEndsAt, now } = facts;
  if (
    leaseEndsAt !== undefined &&
    leaseEndsAt - now < MIN_SESSION_SECONDS * 1_000
  ) {
    warnings.push(
      'The lease ends in less than 15 minutes. AWS shows a later expiration, but refuses these credentials from the end of the lease on.',
    );
  }
  if (leaseEndsAt !== undefined && role.kill.type === 'none') {
    warnings.push(
      'Ending the lease early does not stop these credentials: no kill policy is deployed for this role. They last until they expire or the lease was to end.',
    );
  }
  if (!config.sourceIdentity) {
    warnings.push(
      'No source identity is set, so calls made through a further role cannot be traced to you by it.',
    );
  }
  if (!config.sessionTags) {
    warnings.push(
      'No session tags are set, so AWS logs do not name the lease.',
    );
  }
  return warnings;
}
