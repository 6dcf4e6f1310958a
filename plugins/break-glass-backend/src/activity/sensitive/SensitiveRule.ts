import { Millis } from '../../database/types';
import { CloudTrailRecord } from '../cloudTrailRecord';

/** What a condition may know of an event beside its record. */
export interface EventContext {
  /** IAM prefix, e.g. `s3`. */
  service: string;
  /** Permission behind the call, e.g. `s3:GetObject`; absent where IAM's data has none. */
  permission?: string;
  at: Millis;
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
  endsAt?: Millis;
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
  /** A further condition. */
  when?: (record: CloudTrailRecord, context: EventContext) => boolean;
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

/** Marks the events of a lease at which it did something often. */
export interface CountingRule extends Omit<SensitiveRule, 'cases'> {
  counts: Array<
    SensitiveCase & {
      /** What is counted, in the plural. */
      what: string;
      /** At how many it counts as mass. */
      atLeast: number;
    }
  >;
}
