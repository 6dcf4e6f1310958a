import { AccountProblem, Partition } from 'backstage-plugin-break-glass-common';

/** An account whose mapping is trusted and complete. */
export interface Account {
  /** Canonical, lower case. */
  ref: string;
  title: string;
  /** 12 digits. */
  accountId: string;
  partition: Partition;
  region: string;
  /** Group or user entity ref; absent where unknown or unresolved. */
  owner?: string;
  controlPlane: boolean;
  externalId?: string;
  /** Of the entity, which comes from a trusted origin: they may select approval policies (I13). */
  labels: Record<string, string>;
  tags: string[];
  /** Canonical ref of the system that the entity is part of. */
  system?: string;
}

/** What the catalog says of an account entity: usable, or why not. */
export type AccountResolution =
  | { ok: true; account: Account }
  | {
      ok: false;
      ref: string;
      title: string;
      accountId: string;
      owner?: string;
      problems: AccountProblem[];
    };

/** Which accounts a list holds. */
export interface AccountQuery {
  /** Looked for in names and ids. */
  search?: string;
  /** Only those that can be used, or only those that cannot. */
  usable?: boolean;
  limit: number;
  cursor?: string;
}

/** Accounts, through the trust boundary (I13). Reads the catalog now, with the plugin's own credentials. */
export interface AccountDirectory {
  /** @returns undefined where there is no such entity, or it is no account. */
  resolve(ref: string): Promise<AccountResolution | undefined>;
  /** A page may hold fewer than `limit`; as long as there is a cursor, there may be more. */
  list(
    query: AccountQuery,
  ): Promise<{ items: AccountResolution[]; nextCursor?: string }>;
}

/** A person as the catalog knows them now, from trusted origins only. */
export interface Person {
  /** Canonical, lower case. */
  ref: string;
  displayName: string;
  /** Of the entity's profile. It grants nothing by itself, and counts against: one address is one human being. */
  email?: string;
  /** By the configured annotation, else the ref; what rows keep of a person. Human beings are told apart by `sameHuman`. */
  key: string;
  /** Group refs, parents of child groups included. */
  groups: ReadonlySet<string>;
  /** Whom they report to, by the configured annotation; a user entity ref. */
  manager?: string;
  /** What counts where groups or people are excluded; absent: `groups` and `ref` alone. */
  against?: {
    /** `groups`, those a trusted entity names that are not there (any more), and those of every entity of the same human being. */
    groups: ReadonlySet<string>;
    /** Every trusted entity of the same human being: by key, by e-mail address, or by a chain of both. */
    refs: ReadonlySet<string>;
  };
}

/** All people at once, for proofs. */
export interface Census {
  /** Every trusted user with their groups, ordered by name, in a number of reads that grows with pages and not with people. */
  everybody(): Promise<Person[]>;
}

/** People and their membership, read now (I13). Fails closed: an unreadable catalog throws ServiceUnavailableError. */
export interface People {
  /** @returns undefined for somebody who is not there (any more), or not from a trusted origin. */
  find(ref: string): Promise<Person | undefined>;
  /** The same for several, in as many reads as for one; who is not found is not in the answer. */
  findAll(refs: string[]): Promise<Map<string, Person>>;
  /** Display names for pages, in one read; a ref that is not found is named by itself. Grants nothing. */
  names(refs: string[]): Promise<Map<string, string>>;
  /** People who match, each once, ordered by name; at most `limit`. */
  members(
    principals: { groups: string[]; users: string[] },
    limit: number,
  ): Promise<Person[]>;
}
