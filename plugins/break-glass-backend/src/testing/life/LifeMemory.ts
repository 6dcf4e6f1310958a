import { AwsSession } from './LifeAws';
import { KnownAccount, KnownPerson } from './LifeCatalog';
import { KnownPolicy } from './LifeConfiguration';

/** How a lease was asked for, as a plain reading of catalog and configuration had it then. */
export interface KnownRequest {
  requester?: KnownPerson;
  account?: KnownAccount;
  policy?: KnownPolicy;
  profile: string;
  durationMinutes: number;
}

/** What the test knows from earlier steps of a run, and no table tells. */
export class LifeMemory {
  /** By id of the lease. */
  readonly requests = new Map<string, KnownRequest>();
  /** Who decided, as the catalog had them then; by id of the decision. */
  readonly deciders = new Map<string, KnownPerson | undefined>();
  /** Leases that were over once; a backup that is put back may say otherwise. */
  readonly over = new Set<string>();
  /** Secrets that AWS gave out. */
  readonly secrets = new Set<string>();
  /** Newest entry of the audit log that was verified. */
  verified?: { seq: number; hash: string };
}

/** A session at the moment at which AWS made it, and how our record of it stood then. */
export interface SeenSession {
  session: AwsSession;
  states: string[];
}

/** Credentials or a console URL that somebody got. */
export interface HandedOut {
  caller: string;
  leaseId?: string;
  sessionId: string;
}

/** An attempt that was refused. */
export interface Refusal {
  caller: string;
  code?: string;
  name: string;
}
