import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** What a condition may know of an event beside its record. */
export interface EventContext {
  /** IAM prefix, e.g. `s3`. */
  service: string;
  /** Permission behind the call, e.g. `s3:GetObject`; absent where IAM's data has none. */
  permission?: string;
  /** Epoch milliseconds. */
  at: number;
  /** Whether the call was refused or went wrong otherwise. */
  failed: boolean;
  /** Made with a role that was assumed from the session. */
  chained: boolean;
  /** ARNs, or names where there are none. */
  resources: string[];
  /** Network that the call came from, e.g. `192.0.2.0/24`; absent for calls of AWS services. */
  network?: string;
  lease: LeaseContext;
}

/** What a condition may know of the lease. */
export interface LeaseContext {
  /** When access ended, or will: epoch milliseconds. Absent before it began. */
  endsAt?: number;
  /** Whether the approved scope allows a permission on the resources. Absent where managed policies decide, too. */
  inProfile?: (permission: string, resources: string[]) => boolean;
  /** Networks that this person is known by; absent where nobody looked. */
  knownNetworks?: ReadonlySet<string>;
}

/** Some events that a rule marks. */
export interface SensitiveCase {
  /** `service:EventName`, without API version; a `*` at the end stands for any rest, alone for every event. */
  events: string[];
  /** The condition in a few words, where there is one. */
  only?: string;
  /**
   * A further condition on the redacted record. What it may hold is foreign: one
   * that throws counts as met.
   */
  when?: (record: Record<string, unknown>, context: EventContext) => boolean;
}

/** Marks events that a reviewer should not overlook. */
export interface SensitiveRule {
  /** Stable id, of small letters and hyphens. */
  id: string;
  /** A few words. */
  title: string;
  /** One sentence for the reviewer, that begins with “It”. */
  why: string;
  /** Any of them marks; an event is marked once by a rule. */
  cases: SensitiveCase[];
}

/** Lets modules mark further events for reviewers. */
export interface BreakGlassSensitiveRulesExtensionPoint {
  /** The backend does not start where an id is taken, or is none. */
  addSensitiveRules(...rules: SensitiveRule[]): void;
}

/** Extension point for rules on sensitive events. */
export const breakGlassSensitiveRulesExtensionPoint =
  createExtensionPoint<BreakGlassSensitiveRulesExtensionPoint>({
    id: 'break-glass.sensitive-rules',
  });
