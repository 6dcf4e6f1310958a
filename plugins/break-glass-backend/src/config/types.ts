import { Partition } from 'backstage-plugin-break-glass-common';
import type { AthenaLogConfig } from './athenaConfig';
import type { UnbrokeredConfig } from './unbrokeredConfig';

/** People by group, by name, or as owners of the account. Refs are full and in lower case. */
export interface Principals {
  /** e.g. `group:default/cloud-admins` */
  groups: string[];
  /** e.g. `user:default/mary` */
  users: string[];
  /** Members of the group (or the user) that owns the account entity. */
  accountOwner: boolean;
}

/** A place whose catalog files may define accounts, people and groups (I13). */
export type TrustedOrigin =
  | {
      type: 'file';
      /** Absolute path of one file, compared whole. */ path: string;
    }
  | {
      type: 'url';
      host: string;
      /** Repository path on the host, e.g. `org/repo`. */
      repository: string;
      branch: string;
      /** Folder or file inside the repository, without a leading slash. */
      path: string;
    };

/** One step of an approval policy. */
export interface ApprovalStepConfig {
  id: string;
  title: string;
  from: Principals;
  exclude: Principals;
  /** How many people. */
  count: number;
}

/** Named steps that a lease must pass. */
export interface ApprovalPolicyConfig {
  id: string;
  /** Where a requester may activate a lease at once, without an approval. */
  emergency?: {
    maxDurationMinutes: number;
    /** After the lease's end, until the review is due. */
    reviewMinutes: number;
  };
  /** Where requests are approved without people: all conditions, by id, must hold. */
  automatic?: { conditions: string[] };
  order: 'parallel' | 'sequential';
  steps: ApprovalStepConfig[];
}

/** Accounts by what their catalog entities say. All that is named must hold; of several values, one. */
export interface AccountFilter {
  /** e.g. `{ tier: ['critical'] }` */
  labels: Record<string, string[]>;
  tags: string[];
  /** Group or user refs, in full. */
  owners: string[];
  /** e.g. `system:default/payments` */
  systems: string[];
}

/** Where another approval policy than the role's own holds. */
export interface ApprovalOverride {
  /** Profile ids; absent: every profile. */
  profiles?: string[];
  /** Absent: every account. */
  accounts?: AccountFilter;
  approvalPolicy: string;
}

/** A configured, pre-deployed IAM role of every account. */
export interface RoleConfig {
  id: string;
  title: string;
  description: string;
  /** With `${partition}` and `${accountId}`. */
  arn: string;
  access: 'standing' | 'lease';
  eligible: Principals;
  /** Profile ids, in order of display. A standing role may have none: then the role alone limits. */
  profiles: string[];
  /** Id of the approval policy; lease roles only. */
  approvalPolicy?: string;
  /** Looked at in order; the first that fits takes the place of `approvalPolicy`. */
  approvalOverrides: ApprovalOverride[];
  maxDurationMinutes: number;
  suggestedDurationMinutes: number[];
  pendingTimeoutMinutes: number;
  /** Longest set of credentials, in seconds, 900 to 3,600. */
  maxSessionSeconds: number;
  /** ARN template of the boundary policy that kills live credentials, or none is deployed. */
  kill:
    | { type: 'boundary'; policyArn: string; killerRoleArn: string }
    | { type: 'none' };
}

/** One statement of an IAM policy. Values may hold `${accountId}`, `${partition}`, `${region}` and declared parameters. */
export interface StatementConfig {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A typed parameter of a profile. */
export interface ProfileParameterConfig {
  name: string;
  title: string;
  description?: string;
  /** Anchored regular expression; the value can hold no wildcard, quote or backslash. */
  pattern: string;
  maxLength: number;
  required: boolean;
  example?: string;
}

/** A policy profile. */
export interface ProfileConfig {
  id: string;
  title: string;
  description: string;
  statements: StatementConfig[];
  managedPolicyArns: string[];
  parameters: ProfileParameterConfig[];
  /** Console path below the console host, e.g. `/s3/buckets`, with parameters. */
  consolePath?: string;
  chaining: boolean;
  residueReviewed: boolean;
}

/** How to reach AWS in one partition. */
export interface PartitionConfig {
  /** Account whose credentials (by `DefaultAwsCredentialsManager`) are the broker's. */
  brokerAccountId: string;
  /** Whether each account has a broker role of its own; `brokerAccountId` is then asked about health and managed policies only. */
  brokerPerAccount?: boolean;
  /** ARN of its user or role, with `${accountId}` where there is one per account, for the fixes that a check gives; absent: as STS says. */
  brokerArn?: string;
  /** Longest time for one attempt of one call, in milliseconds; absent: 5,000. */
  timeoutMs?: number;
  /** Overrides of endpoints, for the sandbox and for private endpoints. */
  endpoints: { sts?: string; iam?: string; signIn?: string; console?: string };
}

/** A system of others that is asked over HTTP. */
export interface LookupConfig {
  baseUrl: string;
  timeoutMs: number;
  auth:
    | { type: 'token'; token: string }
    | { type: 'basic'; user: string; password: string };
}

/** A time in which leases are refused, or take one approval step more. */
export interface FreezeConfig {
  id: string;
  title: string;
  when:
    | {
        type: 'once';
        /** Epoch milliseconds: inclusive, and exclusive. */ from: number;
        to: number;
      }
    | {
        type: 'weekly';
        /** Minutes since Monday, 00:00, in the time zone: inclusive, and exclusive; may span Sunday night. */
        from: number;
        to: number;
        timeZone: string;
      };
  /** Absent: every role. */
  roles?: string[];
  /** Absent: every account. */
  accounts?: AccountFilter;
  /** Absent: leases are refused. */
  step?: Omit<ApprovalStepConfig, 'id'>;
}

/** The whole `breakGlass` section, checked. */
export interface BreakGlassConfig {
  trust: { accounts: TrustedOrigin[]; people: TrustedOrigin[] };
  /** Annotation of users whose equal values mean the same person (I1). */
  personKeyAnnotation?: string;
  /** Annotation of users that names whom they report to. */
  managerAnnotation?: string;
  partitions: Partial<Record<Partition, PartitionConfig>>;
  /** Issuer in console sign-in URLs: the portal. */
  issuer: string;
  controlPlaneAccountIds: string[];
  /** By account id. */
  externalIds: Record<string, string>;
  defaultRegions: Partial<Record<Partition, string>>;
  sourceIdentity: boolean;
  sessionTags: boolean;
  roles: RoleConfig[];
  profiles: ProfileConfig[];
  /** With those that freezes make of them. */
  approvalPolicies: ApprovalPolicyConfig[];
  freezes: FreezeConfig[];
  reviewers: Principals;
  responders: Principals;
  auditors: Principals;
  ticket: {
    required: boolean;
    pattern: string;
    example: string;
    url?: string;
    /** The system that is asked about tickets. */
    lookup?: LookupConfig & { type: 'jira' | 'service-now' };
    /** What a request is when that system cannot tell. */
    whenUnavailable: 'refuse' | 'warn';
  };
  /** The schedule behind the condition `on-call`. */
  onCall?: LookupConfig & { type: 'json' | 'pager-duty'; schedule: string };
  supportUrl?: string;
  review: {
    dueMinutes: number;
    /** After the last credentials' end, until evidence can be complete. */
    settlingMinutes: number;
    /** Look again this often while collecting. */
    collectEveryMinutes: number;
    approverMayReview: boolean;
    /** How long before a review is due its reviewers are reminded, and how often from then on. */
    remindBeforeMinutes: number;
    remindEveryMinutes: number;
    /** How long after it was due a review is escalated, and to whom. */
    escalateAfterMinutes: number;
    escalateTo: Principals;
    /** Bytes that all looks at one lease may read together. */
    maxBytesPerLease: number;
    /** CloudTrail records that one look holds in memory. */
    maxRecordsPerLook: number;
  };
  approvals: {
    /** Until approvers are first reminded of a request; each next time after twice as long. */
    remindAfterMinutes: number;
    /** Until a second group is told; absent: never. */
    escalateAfterMinutes?: number;
    escalateTo: Principals;
  };
  /** For one person. */
  limits: { requestsPerHour: number; sessionsPerHour: number };
  /** How often boundary policies are compared with the database. */
  kills: { lookEveryMinutes: number };
  unbrokered: UnbrokeredConfig;
  /** Tables that activity is read from with Athena; absent where a module reads it. */
  athena?: AthenaLogConfig[];
  audit: {
    anchorFile?: string;
    anchorEveryMinutes: number;
    spoolFile: string;
    /** Entry by which an operator accepts a restored database. */
    acceptedHead?: { seq: number; hash: string };
  };
}
