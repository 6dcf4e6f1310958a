import { JsonWebKey } from 'node:crypto';
import { PolicyDocument } from '../policy/policyDocument';
import { Propagated } from './Propagated';

/** A version of a managed policy. */
export interface PolicyVersion {
  id: string;
  document: PolicyDocument;
  createdAt: number;
}

/** A managed policy with its versions, oldest first. */
export interface ManagedPolicy {
  arn: string;
  name: string;
  path: string;
  uniqueId: string;
  createdAt: number;
  updatedAt: number;
  versions: PolicyVersion[];
  nextVersion: number;
  /** The default version, the one that counts. */
  current: Propagated<PolicyVersion>;
}

/** What decides what a role or user may do. */
export interface Grants {
  attached: string[];
  inline: ReadonlyMap<string, PolicyDocument>;
  boundary?: string;
}

/** An OpenID Connect provider whose tokens roles of the account may trust. */
export interface IdentityProvider {
  arn: string;
  /** Audiences that it takes tokens for. */
  clientIds: string[];
  /** The issuer's public RSA keys, each with its `kid`. */
  keys: JsonWebKey[];
}

/** An IAM role. */
export interface Role {
  accountId: string;
  arn: string;
  name: string;
  path: string;
  uniqueId: string;
  createdAt: number;
  /** In seconds. */
  maxSessionDuration: number;
  trust: Propagated<PolicyDocument>;
  grants: Propagated<Grants>;
  /** Sessions carry them, too, unless a session tag has the same key. */
  tags: Propagated<ReadonlyMap<string, string>>;
}

/** An IAM user. */
export interface User {
  accountId: string;
  arn: string;
  name: string;
  path: string;
  uniqueId: string;
  createdAt: number;
  grants: Propagated<Grants>;
  mfa?: MfaDevice;
}

/** A person's second factor. Its code never changes here. */
export interface MfaDevice {
  /** ARN. */
  serialNumber: string;
  /** Six digits. */
  code: string;
}

/** Long-term keys of a user. */
export interface UserKey {
  kind: 'user';
  accessKeyId: string;
  secretAccessKey: string;
  user: User;
  createdAt: number;
  /** Switched off, it signs nothing. */
  inactive?: boolean;
}

/** Temporary keys of a role session. */
export interface RoleSession {
  kind: 'session';
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  role: Role;
  name: string;
  /** The instant of its AssumeRole; a console session keeps the one of its credentials. */
  createdAt: number;
  expiresAt: number;
  sourceIdentity?: string;
  tags: ReadonlyMap<string, string>;
  transitiveTagKeys: readonly string[];
  inlinePolicy?: PolicyDocument;
  managedPolicyArns: string[];
  /** Whether a second factor was given. */
  mfa: boolean;
  /** Whether it was assumed with the credentials of another role session. */
  chained: boolean;
  /** Whether it is the session of a console, not of an AssumeRole. */
  console: boolean;
}

/** Whose keys signed a call. */
export type Credential = UserKey | RoleSession;

/** An object of a bucket. */
export interface StoredObject {
  body: Buffer;
  contentType: string;
  etag: string;
  modifiedAt: number;
}

/** An S3 bucket. */
export interface Bucket {
  accountId: string;
  partition: string;
  region: string;
  name: string;
  arn: string;
  createdAt: number;
  policy: Propagated<PolicyDocument | undefined>;
  objects: Map<string, StoredObject>;
}

/** A secret of Secrets Manager. */
export interface Secret {
  name: string;
  arn: string;
  value: string;
  versionId: string;
  createdAt: number;
}

/** An EC2 instance. */
export interface Instance {
  id: string;
  type: string;
  imageId: string;
  name?: string;
  state: 'pending' | 'running';
  launchedAt: number;
  reservationId: string;
}

/** A snapshot of a volume. */
export interface Snapshot {
  id: string;
  volumeId: string;
  description: string;
  startedAt: number;
  /** Accounts that may make volumes of it; `all` is everybody. */
  sharedWith: Set<string>;
}

/** A trail and whether it records. */
export interface Trail {
  name: string;
  arn: string;
  bucket: string;
  dataEvents: boolean;
  logging: boolean;
  deleted: boolean;
  /** The id of the call that stopped it. */
  stoppedBy?: string;
  latestDeliveryAt?: number;
}

/** An AWS account and what is in it. */
export interface Account {
  id: string;
  partition: string;
  region: string;
  disabledRegions: ReadonlySet<string>;
  /** By name: names are unique in an account, whatever the path. */
  roles: Map<string, Role>;
  users: Map<string, User>;
  /** By issuer, `https://…`. */
  identityProviders: Map<string, IdentityProvider>;
  /** By ARN. */
  policies: Map<string, ManagedPolicy>;
  /** By name. */
  secrets: Map<string, Secret>;
  instances: Map<string, Instance>;
  snapshots: Map<string, Snapshot>;
  trail?: Trail;
}
