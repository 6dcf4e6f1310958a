import { Partition } from 'backstage-plugin-break-glass-common';
import {
  AssumeRoleRequest,
  BrokeredCredentials,
  BrokerIdentity,
  CredentialBroker,
  TemporaryCredentials,
} from 'backstage-plugin-break-glass-node';
import type { BoundaryVersion } from './overwrittenLeases';

export type {
  AssumeRoleRequest,
  BrokeredCredentials,
  BrokerIdentity,
  CredentialBroker,
  TemporaryCredentials,
};

/** Gives credentials of roles that are what was asked, or nothing. */
export interface RoleAssumer {
  /**
   * @throws Error with a stable code and words without secrets: those of
   *   {@link CredentialBroker.assumeRole}, and `broker-answer` where what came is not what was asked
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
  /** All versions that the last read saw, in the order they were made. */
  history(): Promise<BoundaryVersion[]>;
  /**
   * Makes this document the default version, unless another version is the default than at the last read; deletes
   * what was made after the default version, and the oldest other one where five are there. IAM takes it whatever is
   * written between our last look and our write.
   * @returns the documents, parsed, that others put in force since the last read; oldest first
   */
  replace(document: string): Promise<unknown[]>;
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
