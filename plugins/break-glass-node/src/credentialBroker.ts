import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Partition } from 'backstage-plugin-break-glass-common';

/** A session tag as STS takes it. */
export interface SessionTag {
  Key: string;
  Value: string;
}

/** Temporary credentials; a secret. */
export interface TemporaryCredentials {
  /** `ASIA…`; not a secret. */
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Epoch milliseconds, by STS. */
  expiresAt: number;
}

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

/** What STS gave, and what it says of it. */
export interface BrokeredCredentials {
  credentials: TemporaryCredentials;
  /** Clock of STS at its answer, epoch milliseconds, whole seconds; absent where it did not say. */
  serverTime?: number;
  /** `AssumedRoleUser.Arn` of the answer; compared with what was asked where it is there. */
  assumedRoleArn?: string;
  /** `SourceIdentity` of the answer; compared with what was asked where it is there. */
  sourceIdentity?: string;
}

/** Who AWS says the broker is. */
export interface BrokerIdentity {
  /** 12 digits. */
  accountId: string;
  /** ARN of `sts:GetCallerIdentity`; absent where it is not known. */
  arn?: string;
  /** Clock of STS, epoch milliseconds; absent where it did not say. */
  serverTime?: number;
}

/**
 * Obtains credentials of roles from AWS. The default asks STS with the broker's
 * own identity of each partition; a module may obtain them elsewhere, e.g. from
 * a service that alone may assume the roles.
 *
 * What it returns is checked before it is used: a key of AWS's temporary kind,
 * an end that is neither past nor later than was asked, the role, session name
 * and source identity where the answer says them, and an access key id that no
 * other session has. Anything else is thrown away.
 * It must pass on everything of the request, session policy and tags included:
 * what those say cannot be read from credentials.
 */
export interface CredentialBroker {
  /** Stable id, of small letters and hyphens. */
  id: string;
  /**
   * Assumes a role.
   * @throws Error in words without secrets, with one of these in `code` where it
   *   fits: `broker-not-trusted`, `role-limit`, `profile-too-large`,
   *   `clock-skew`, `aws-refused`, `aws-unavailable`, `region-unknown`. What
   *   has no such code is shown to nobody. `unanswered: true` on it says that AWS
   *   was asked and nobody knows what it did, `false` that nothing was issued for
   *   certain. Without it, `aws-unavailable` and errors without a code count as
   *   unanswered: the session is on record as one that may live until its end.
   */
  assumeRole(
    request: AssumeRoleRequest,
    options: { signal: AbortSignal },
  ): Promise<BrokeredCredentials>;
  /**
   * Who it is in a partition, for the health route.
   * @throws Error in words without secrets
   */
  identify(
    where: {
      partition: Partition;
      region: string;
      /** Account that it is meant for, where each has a broker of its own. */
      accountId?: string;
    },
    options: { signal: AbortSignal },
  ): Promise<BrokerIdentity>;
}

/** Lets a module obtain credentials. */
export interface BreakGlassCredentialBrokerExtensionPoint {
  /** Replaces the default. @throws Error where another module did so before */
  setCredentialBroker(broker: CredentialBroker): void;
}

/** Extension point for the broker that credentials come from. */
export const breakGlassCredentialBrokerExtensionPoint =
  createExtensionPoint<BreakGlassCredentialBrokerExtensionPoint>({
    id: 'break-glass.credential-broker',
  });
