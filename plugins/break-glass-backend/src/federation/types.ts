import { Partition } from 'backstage-plugin-break-glass-common';
import { TemporaryCredentials } from './federationSignIn';
import { SessionTag } from './sessionTags';

export type { TemporaryCredentials };

/** One AssumeRole, as the product wants it. */
export interface AssumeRoleRequest {
  partition: Partition;
  /** Region whose STS endpoint is asked. */
  region: string;
  roleArn: string;
  sessionName: string;
  /** 900 to 3,600. */
  durationSeconds: number;
  externalId?: string;
  sourceIdentity?: string;
  tags?: SessionTag[];
  /** Inline session policy, minified JSON. */
  policy?: string;
  managedPolicyArns?: string[];
}

/** What STS gave, and when it says that was. */
export interface BrokeredCredentials {
  credentials: TemporaryCredentials;
  /** Clock of STS at its answer, epoch milliseconds, whole seconds; absent where it did not say. */
  serverTime?: number;
}

/** Assumes roles with the broker's own identity in each partition. */
export interface CredentialBroker {
  /**
   * @throws Error with a stable code and words without secrets:
   *   `broker-not-trusted`, `role-limit`, `profile-too-large`, `clock-skew`,
   *   `aws-refused`, `aws-unavailable`, `region-unknown`
   */
  assumeRole(request: AssumeRoleRequest): Promise<BrokeredCredentials>;
}

/** Where a role's kill policy lies, and how to reach it. */
export interface BoundaryTarget {
  partition: Partition;
  region: string;
  accountId: string;
  /** ARN of the permissions boundary that only holds denies of killed leases. */
  policyArn: string;
  /** Role that may change versions of that one policy. */
  killerRoleArn: string;
  externalId?: string;
}

/** The default version of one boundary policy, read and replaced. */
export interface BoundaryPolicy {
  /** The document of the default version, parsed. */
  read(): Promise<unknown>;
  /** Makes this document the default version; deletes the oldest other version where five are there. */
  replace(document: string): Promise<void>;
}

/** Opens boundary policies. */
export interface BoundaryPolicies {
  /** @throws Error with a stable code where the policy cannot be reached */
  open(target: BoundaryTarget): Promise<BoundaryPolicy>;
}

/** What a call as a session of a killed lease came to. */
export type ProbeOutcome =
  | { enforced: true; accessKeyId: string }
  | { enforced: false; accessKeyId: string; words: string };

/** A probe whose session AWS gave, and whose call got no answer. */
export type UnansweredProbe = Error & { accessKeyId?: string };

/** Tries whether AWS refuses sessions of a killed lease. */
export interface KillProbe {
  /** @throws Error with a stable code where no answer was had */
  probe(
    target: BoundaryTarget & {
      leaseId: string;
      roleArn: string;
      sourceIdentity: boolean;
    },
  ): Promise<ProbeOutcome>;
}
