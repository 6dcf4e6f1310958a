import {
  checkCredentials,
  ShellCredentials,
} from 'backstage-plugin-break-glass-common/credentials';
import { PortalSession } from '../../Context';
import { Wanted } from '../Wanted';

/** Who credentials were issued to, and by which portal. */
export type Identity = Pick<PortalSession, 'backendUrl' | 'userRef'>;

/** Credentials as they were issued, with what is needed to tell whether they may be used (again). */
export interface CachedCredentials extends Identity {
  version: 1;
  wanted: Wanted;
  accountRef: string;
  accountTitle: string;
  /** Absent for a standing role. */
  leaseId?: string;
  /** ISO 8601 UTC, by this machine's clock. */
  issuedAt: string;
  /** ISO 8601 UTC; absent for a standing role. */
  leaseEndsAt?: string;
  /** `expiration` is when AWS stops taking them, the lease's end included. */
  credentials: ShellCredentials;
}

/** What a cache file holds, or undefined where it is not one, or not whole. */
export function parseCached(text: string): CachedCredentials | undefined {
  try {
    const found = JSON.parse(text) as CachedCredentials;
    checkCredentials(found.credentials);
    const texts = [
      found.backendUrl,
      found.userRef,
      found.wanted.account,
      found.accountRef,
      found.accountTitle,
    ];
    const instants = [
      found.issuedAt,
      found.credentials.expiration,
      ...(found.leaseEndsAt === undefined ? [] : [found.leaseEndsAt]),
    ];
    return found.version === 1 &&
      texts.every(each => typeof each === 'string') &&
      instants.every(each => Number.isFinite(Date.parse(each)))
      ? found
      : undefined;
  } catch {
    return undefined;
  }
}
