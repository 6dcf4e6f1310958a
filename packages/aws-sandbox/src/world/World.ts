import { createHash } from 'node:crypto';
import { Clock } from '../Clock';
import { parsePolicy, PolicyDocument } from '../policy/policyDocument';
import { awsManagedPolicies } from './awsManagedPolicies';
import { Identifiers, randomIdentifiers } from './Identifiers';
import {
  Account,
  Bucket,
  Credential,
  Grants,
  ManagedPolicy,
  Role,
  RoleSession,
  StoredObject,
  User,
} from './entities';
import { Propagated } from './Propagated';

/** How long expired keys are remembered, so that they answer "expired" and not "unknown". */
const REMEMBER_EXPIRED_MS = 24 * 3_600_000;
/** How often they are looked for: looking costs the more, the more keys there are. */
const FORGET_EVERY_MS = 60_000;

/** What is needed to make a world. */
export interface WorldOptions {
  clock: Clock;
  propagationDelayMs: number;
  identifiers?: Identifiers;
}

/** All accounts of the sandbox and what is in them. State lives in memory only. */
export class World {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly accounts = new Map<string, Account>();
  private readonly buckets = new Map<string, Bucket>();
  private readonly keys = new Map<string, Credential>();
  private forgetAt = 0;
  private readonly awsManaged = new Map<string, PolicyDocument>();

  constructor(private readonly options: WorldOptions) {
    this.clock = options.clock;
    this.identifiers = options.identifiers ?? randomIdentifiers;
    for (const [name, text] of Object.entries(awsManagedPolicies)) {
      this.awsManaged.set(name, parsePolicy(text, 'identity'));
    }
  }

  /** A value whose changes take effect after the world's propagation delay. */
  propagated<T>(initial: T): Propagated<T> {
    return new Propagated(initial, this.clock, this.options.propagationDelayMs);
  }

  /**
   * The account of this id.
   * @throws Error when there is none: callers ask only for accounts that they were given by the world
   */
  account(id: string): Account {
    const account = this.accounts.get(id);
    if (!account) throw new Error(`the sandbox has no account ${id}`);
    return account;
  }

  /** The role of this ARN, path included. */
  role(arn: string): Role | undefined {
    const match = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(
      arn,
    );
    const role = match && this.accounts.get(match[1])?.roles.get(match[2]);
    return role && role.arn === arn ? role : undefined;
  }

  /** The user of this ARN, path included. */
  user(arn: string): User | undefined {
    const match = /^arn:[a-z-]+:iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/.exec(
      arn,
    );
    const user = match && this.accounts.get(match[1])?.users.get(match[2]);
    return user && user.arn === arn ? user : undefined;
  }

  /** The customer-managed policy of this ARN. */
  managedPolicy(arn: string): ManagedPolicy | undefined {
    const accountId = /^arn:[a-z-]+:iam::(\d{12}):policy\//.exec(arn)?.[1];
    return accountId
      ? this.accounts.get(accountId)?.policies.get(arn)
      : undefined;
  }

  /** What a managed policy says now, AWS's own included; undefined where there is none of this ARN. */
  effectiveDocument(arn: string): PolicyDocument | undefined {
    const own = /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(
      arn,
    )?.[1];
    return own
      ? this.awsManaged.get(own)
      : this.managedPolicy(arn)?.current.effective.document;
  }

  /** Every policy that a role or user holds, as in effect now. A policy that is gone grants nothing. */
  identityPolicies(grants: Grants): PolicyDocument[] {
    const attached = grants.attached.map(arn => this.effectiveDocument(arn));
    return [
      ...attached.filter(document => document !== undefined),
      ...grants.inline.values(),
    ];
  }

  /** The bucket of this name: names are global in a partition. */
  bucket(partition: string, name: string): Bucket | undefined {
    return this.buckets.get(`${partition}/${name}`);
  }

  /** The buckets of one account, by name. */
  bucketsOf(accountId: string): Bucket[] {
    return [...this.buckets.values()]
      .filter(bucket => bucket.accountId === accountId)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Puts a new, empty bucket into an account. */
  addBucket(account: Account, name: string, region: string): Bucket {
    const bucket: Bucket = {
      accountId: account.id,
      partition: account.partition,
      region,
      name,
      arn: `arn:${account.partition}:s3:::${name}`,
      createdAt: this.clock.now(),
      policy: this.propagated<PolicyDocument | undefined>(undefined),
      objects: new Map(),
    };
    this.buckets.set(`${account.partition}/${name}`, bucket);
    return bucket;
  }

  /** Takes a bucket away. */
  removeBucket(bucket: Bucket): void {
    this.buckets.delete(`${bucket.partition}/${bucket.name}`);
  }

  /** Makes the stored form of an object. */
  storedObject(body: Buffer, contentType: string): StoredObject {
    return {
      body,
      contentType,
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      modifiedAt: this.clock.now(),
    };
  }

  /** The keys of this id, also for a while after they expired. */
  credential(accessKeyId: string): Credential | undefined {
    return this.keys.get(accessKeyId);
  }

  /** The ids of a user's keys. */
  keysOf(user: User): string[] {
    return [...this.keys.values()]
      .filter(key => key.kind === 'user' && key.user === user)
      .map(key => key.accessKeyId);
  }

  /** Lets keys sign calls from now on. */
  addCredential(credential: Credential): void {
    this.forgetExpired();
    this.keys.set(credential.accessKeyId, credential);
  }

  /** Makes keys unknown. */
  removeCredential(accessKeyId: string): void {
    this.keys.delete(accessKeyId);
  }

  /** Fresh temporary keys for a session. */
  temporaryKeys(): Pick<
    RoleSession,
    'accessKeyId' | 'secretAccessKey' | 'sessionToken'
  > {
    return {
      accessKeyId: this.identifiers.unique('ASIA', 20),
      secretAccessKey: this.identifiers.secret(30),
      sessionToken: this.identifiers.secret(240),
    };
  }

  private forgetExpired(): void {
    const now = this.clock.now();
    if (now < this.forgetAt) return;
    this.forgetAt = now + FORGET_EVERY_MS;
    const horizon = now - REMEMBER_EXPIRED_MS;
    for (const [id, key] of this.keys) {
      if (key.kind === 'session' && key.expiresAt < horizon) {
        this.keys.delete(id);
      }
    }
  }
}
