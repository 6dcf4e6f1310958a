import { JsonWebKey } from 'node:crypto';

/** A policy as JSON, the way it is written in IAM. */
export interface PolicyJson {
  Version: '2012-10-17';
  Statement: Record<string, unknown>[];
}

/** A customer-managed policy. */
export interface PolicySeed {
  /** Path and name, for example `/break-glass/BreakGlassBoundary`. */
  path: string;
  document: PolicyJson;
}

/** A role with its trust, its policies and its limits. */
export interface RoleSeed {
  /** Path and name, for example `/break-glass/BreakGlassAdmin`. */
  path: string;
  trust: PolicyJson;
  /** ARNs of managed policies. */
  attached?: string[];
  /** Inline policies by name. */
  inline?: Record<string, PolicyJson>;
  /** ARN of the managed policy that is the permissions boundary. */
  boundary?: string;
  tags?: Record<string, string>;
  /** In seconds, 3,600–43,200; default 3,600. */
  maxSessionDuration?: number;
}

/** An IAM user with long-term keys. */
export interface UserSeed {
  path: string;
  keys?: { accessKeyId: string; secretAccessKey: string }[];
  inline?: Record<string, PolicyJson>;
  /** The code, six digits, of a second factor `arn:…:mfa/<name>`. */
  mfaCode?: string;
}

/** An OpenID Connect provider. */
export interface IdentityProviderSeed {
  /** The issuer of its tokens, `https://…`. */
  issuer: string;
  /** Audiences that it takes tokens for. */
  clientIds: string[];
  /** The issuer's public RSA keys, each with its `kid`; AWS reads them at the issuer. */
  keys: JsonWebKey[];
}

/** A bucket; objects by key. */
export interface BucketSeed {
  name: string;
  policy?: PolicyJson;
  objects?: Record<string, string>;
}

/** One AWS account. */
export interface AccountSeed {
  /** Twelve digits. */
  id: string;
  /** `aws`, `aws-us-gov`, `aws-cn`, … */
  partition: string;
  /** The region in which the account's resources live. */
  region: string;
  /** Regions whose STS endpoint the account has switched off. */
  disabledRegions?: string[];
  policies?: PolicySeed[];
  roles?: RoleSeed[];
  users?: UserSeed[];
  identityProviders?: IdentityProviderSeed[];
  buckets?: BucketSeed[];
  /** Secret values by name. */
  secrets?: Record<string, string>;
  instances?: { id: string; type: string; name?: string }[];
  /** The account's trail; without one nothing is recorded. */
  trail?: { name: string; bucket: string; dataEvents: boolean };
}

/** Everything that exists when the sandbox starts. */
export interface WorldSeed {
  accounts: AccountSeed[];
}
