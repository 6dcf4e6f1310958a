import { Clock } from 'backstage-plugin-break-glass-node';
import { People, Person } from '../accounts/types';
import { PolicySafety } from '../approvals';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database } from '../database/types';
import { authenticationError, codeOf, notAllowedError } from '../errors';
import { Ids } from '../ids';
import { LeaseResolver } from './LeaseResolver';
import { TicketChecks } from './TicketChecks';

/** What the lease services need. */
export interface LeaseDependencies {
  config: BreakGlassConfig;
  database: Database;
  audit: AuditLog;
  people: People;
  resolver: LeaseResolver;
  proofs: PolicySafety;
  tickets: TicketChecks;
  clock: Clock;
  ids: Ids;
  /** Tells the outbox that there is something to deliver. */
  wake: () => void;
}

/** The signed-in person on whose behalf a service acts; never a service, never a token of another plugin. */
export interface Caller {
  /** Canonical user entity ref. */
  ref: string;
}

/** Membership now, from the catalog; somebody who is not there is nobody (I13). */
export async function personOf(
  people: People,
  caller: Caller,
): Promise<Person> {
  if (!caller.ref.startsWith('user:')) {
    throw authenticationError('not-a-person', 'Sign in as a person.');
  }
  const person = await people.find(caller.ref);
  if (!person) {
    throw notAllowedError(
      'person-unknown',
      `${caller.ref} is not a person that break glass trusts. Ask the platform team to check the catalog entry.`,
    );
  }
  return person;
}

/** What was attempted, for the audit log. */
export interface Attempt {
  actor: string;
  action: string;
  leaseId?: string;
  accountRef?: string;
  details?: Record<string, unknown>;
}

/**
 * Runs an attempt of a person; a refusal is written to the audit log with its
 * code before it is handed on (I6).
 */
export async function attempt<T>(
  deps: Pick<LeaseDependencies, 'audit' | 'clock'>,
  what: Attempt,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code && (error as Error).name !== 'ServiceUnavailableError') {
      await deps.audit.refuse({
        at: deps.clock.now(),
        actor: what.actor,
        action: what.action,
        leaseId: what.leaseId,
        accountRef: what.accountRef,
        code,
        details: what.details ?? {},
      });
    }
    throw error;
  }
}
