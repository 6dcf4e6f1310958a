import { HumanDuration } from '@backstage/types';

/** People by group, by name, or as owners of the account. */
interface BreakGlassPrincipals {
  /**
   * Groups, e.g. `cloud-admins` or `group:default/cloud-admins`. Members of child groups are included.
   * @visibility backend
   */
  groups?: string[];
  /**
   * Users, e.g. `mary` or `user:default/mary`.
   * @visibility backend
   */
  users?: string[];
  /**
   * Members of the group that owns the account entity, or the user who does.
   * @visibility backend
   */
  accountOwner?: boolean;
}

/** A place whose catalog entities count. */
type BreakGlassTrustedOrigin =
  | {
      /** @visibility backend */
      type: 'file';
      /**
       * One file, relative to the folder of app-config.yaml, or absolute.
       * @visibility backend
       */
      target: string;
    }
  | {
      /** @visibility backend */
      type: 'url';
      /**
       * Host in lower case, e.g. `github.com`.
       * @visibility backend
       */
      host: string;
      /**
       * Path of the repository on the host, e.g. `org/repo`.
       * @visibility backend
       */
      repository: string;
      /**
       * Protect it: whoever can push to it can give access.
       * @visibility backend
       */
      branch: string;
      /**
       * Folder or file in the repository, without a leading slash; what is below a folder counts too.
       * @visibility backend
       */
      path: string;
    };

/** How to reach AWS in one partition. */
interface BreakGlassPartition {
  /**
   * Account of the broker; its credentials come from the `aws` section.
   * @visibility backend
   */
  brokerAccountId: string;
  /**
   * Whether each account has a broker role of its own, by `aws.accounts` or `aws.accountDefaults`. Default: false.
   * @visibility backend
   */
  brokerPerAccount?: boolean;
  /**
   * ARN of the broker's user or role, with `$${accountId}` where there is one per account, for the fixes that a check of accounts gives. Default: as AWS STS says it, which leaves out the path of a role.
   * @visibility backend
   */
  brokerArn?: string;
  /**
   * Region of accounts that name none.
   * @visibility backend
   */
  defaultRegion?: string;
  /**
   * Longest time for one call of STS or IAM, 1 s to 20 s. Default: 5 seconds.
   * @visibility backend
   */
  timeout?: HumanDuration | string;
  /** Other addresses than AWS' own: private endpoints, or the sandbox. */
  endpoints?: {
    /** @visibility backend */
    sts?: string;
    /** @visibility backend */
    iam?: string;
    /**
     * The federation endpoint.
     * @visibility backend
     */
    signIn?: string;
    /**
     * Base of console pages; needed in the ISO partitions.
     * @visibility backend
     */
    console?: string;
  };
}

/** What both kinds of roles have. ARNs hold `$${partition}` and `$${accountId}`. */
interface BreakGlassRoleBase {
  /** @visibility backend */
  id: string;
  /** @visibility backend */
  title: string;
  /** @visibility backend */
  description: string;
  /**
   * e.g. `arn:$${partition}:iam::$${accountId}:role/break-glass/BreakGlassAdmin`
   * @visibility backend
   */
  arn: string;
  /** Who may use it, or ask for a lease of it. */
  eligible: BreakGlassPrincipals;
  /**
   * Longest set of credentials: 15 minutes to 1 hour, the default.
   * @visibility backend
   */
  maxSession?: HumanDuration | string;
}

/** Accounts by what their catalog entities say. */
interface BreakGlassAccountFilter {
  /**
   * Label → value, or values.
   * @visibility backend
   */
  labels?: { [name: string]: string | string[] };
  /** @visibility backend */
  tags?: string[];
  /**
   * Groups or users, in full: `group:default/name`.
   * @visibility backend
   */
  owners?: string[];
  /**
   * Systems, as `name` or in full.
   * @visibility backend
   */
  systems?: string[];
}

/** A role that needs an approved lease. */
interface BreakGlassLeaseRole extends BreakGlassRoleBase {
  /** @visibility backend */
  access: 'lease';
  /**
   * Ids of profiles to choose from, in order of display.
   * @visibility backend
   */
  profiles: string[];
  /**
   * Id of an approval policy. Default: one other person of those who are eligible.
   * @visibility backend
   */
  approvalPolicy?: string;
  /**
   * Other approval policies for some profiles or accounts. The first that fits holds.
   * @visibility backend
   */
  approvalOverrides?: Array<{
    /**
     * Profile ids. Default: every profile of the role.
     * @visibility backend
     */
    profiles?: string[];
    /**
     * Accounts by what their catalog entities say. All that is named must hold; of several values, one. Default: every account.
     * @visibility backend
     */
    accounts?: BreakGlassAccountFilter;
    /**
     * Id of an approval policy.
     * @visibility backend
     */
    approvalPolicy: string;
  }>;
  /**
   * Longest lease, 15 minutes to 7 days.
   * @visibility backend
   */
  maxDuration: HumanDuration | string;
  /**
   * Durations that the form offers; the first is chosen beforehand.
   * @visibility backend
   */
  suggestedDurations?: Array<HumanDuration | string>;
  /**
   * How long a request waits for its approvals. Default: 8 hours.
   * @visibility backend
   */
  pendingTimeout?: HumanDuration | string;
  /**
   * How live credentials are killed, or `none` where nothing for it is deployed.
   * @visibility backend
   */
  kill:
    | 'none'
    | {
        /**
         * ARN of the customer-managed policy that is the role's permissions boundary.
         * @visibility backend
         */
        boundaryPolicyArn: string;
        /**
         * ARN of the role that may write versions of that policy, and nothing else.
         * @visibility backend
         */
        killerRoleArn: string;
      };
}

/** A role that eligible people use without a lease. */
interface BreakGlassStandingRole extends BreakGlassRoleBase {
  /** @visibility backend */
  access: 'standing';
  /**
   * Ids of profiles to choose from. Without any, the role alone limits.
   * @visibility backend
   */
  profiles?: string[];
}

/** One statement of an IAM policy. */
interface BreakGlassStatement {
  /** @visibility backend */
  Sid?: string;
  /** @visibility backend */
  Effect: 'Allow' | 'Deny';
  /**
   * Actions hold no variables.
   * @visibility backend
   */
  Action?: string | string[];
  /** @visibility backend */
  NotAction?: string | string[];
  /**
   * May hold `$${accountId}`, `$${partition}`, `$${region}` and declared parameters.
   * @visibility backend
   */
  Resource?: string | string[];
  /** @visibility backend */
  NotResource?: string | string[];
  /** Values may hold variables, too. */
  Condition?: { [operator: string]: { [key: string]: string | string[] } };
}

/** A value that people fill in when they ask for a lease. */
interface BreakGlassParameter {
  /** @visibility backend */
  name: string;
  /** @visibility backend */
  title: string;
  /** @visibility backend */
  description?: string;
  /**
   * Regular expression from ^ to $. Wildcards, quotes and backslashes are refused in any case.
   * @visibility backend
   */
  pattern: string;
  /** @visibility backend */
  maxLength: number;
  /**
   * Default: true. Parameters that statements use must be.
   * @visibility backend
   */
  required?: boolean;
  /** @visibility backend */
  example?: string;
}

/** A named IAM policy that limits a lease. */
interface BreakGlassProfile {
  /** @visibility backend */
  id: string;
  /** @visibility backend */
  title: string;
  /** @visibility backend */
  description: string;
  /** At most 2,048 characters as session policy, with the longest values of its parameters. */
  statements: BreakGlassStatement[];
  /**
   * ARNs of managed policies that are passed as well; they count towards the 2,048 characters.
   * @visibility backend
   */
  managedPolicyArns?: string[];
  parameters?: BreakGlassParameter[];
  /**
   * Page of the AWS console to land on, e.g. `/s3/buckets/$${bucket}`.
   * @visibility backend
   */
  consolePath?: string;
  /**
   * Whether further roles may be assumed and passed on. They do not carry the profile. Default: false.
   * @visibility backend
   */
  chaining?: boolean;
  /**
   * Whether what outlives the lease is denied (the default), or allowed and listed for the reviewer.
   * @visibility backend
   */
  residue?: 'denied' | 'reviewed';
}

/** Named steps that a lease must pass. */
interface BreakGlassApprovalPolicy {
  /** @visibility backend */
  id: string;
  /**
   * Default: parallel.
   * @visibility backend
   */
  order?: 'parallel' | 'sequential';
  steps: Array<{
    /** @visibility backend */
    id: string;
    /** @visibility backend */
    title: string;
    /** Who may decide. Requester and beneficiary never may. */
    from: BreakGlassPrincipals;
    /** Who may not, whatever else they are. */
    exclude?: BreakGlassPrincipals;
    /**
     * How many people must approve. Default: 1.
     * @visibility backend
     */
    count?: number;
  }>;
  /** Whoever is eligible may activate a lease at once, without an approval. Default: nobody may. */
  emergency?: {
    /**
     * Longest such lease, 5 minutes to 4 hours.
     * @visibility backend
     */
    maxDuration: HumanDuration | string;
    /**
     * After its end, until its review is due; at most 7 days.
     * @visibility backend
     */
    reviewWithin: HumanDuration | string;
  };
  /** Requests are approved without people where all conditions hold. Default: never. */
  automatic?: {
    /**
     * `on-call` (takes onCall), `open-incident` (takes ticket.lookup), and what modules bring.
     * @visibility backend
     */
    conditions: string[];
  };
}

/** How another system is asked: with a token, or with user and password. */
interface BreakGlassLookup {
  /** @visibility backend */
  baseUrl: string;
  /**
   * 100 ms to 30 s. Default: 5 s.
   * @visibility backend
   */
  timeout?: HumanDuration | string;
  /** @visibility secret */
  token?: string;
  /** @visibility backend */
  user?: string;
  /** @visibility secret */
  password?: string;
}

export interface Config {
  /** Temporary elevated access to AWS accounts. Every key is checked at the start. */
  breakGlass?: {
    /** Whose catalog entities count (the rest is shown, and grants nothing). */
    trust: {
      /** Origins of account entities. */
      accounts: BreakGlassTrustedOrigin[];
      /** Origins of users and groups. */
      people: BreakGlassTrustedOrigin[];
    };
    /**
     * Annotation of users whose equal values mean the same person; one e-mail address does so anyway.
     * @visibility backend
     */
    personKeyAnnotation?: string;
    /**
     * Annotation of users that names the user they report to: an approver in a requester's reporting line is told.
     * @visibility backend
     */
    managerAnnotation?: string;
    /** By AWS partition: `aws`, `aws-cn`, `aws-us-gov`, … */
    partitions: { [partition: string]: BreakGlassPartition };
    /**
     * Address of the portal, as issuer of console sign-ins. Default: app.baseUrl.
     * @visibility backend
     */
    issuer?: string;
    /**
     * Accounts that host the portal, the broker, the logs or the organization's management; leases on them take a two-role approval.
     * @visibility backend
     */
    controlPlaneAccountIds?: string[];
    /**
     * External ids by account id, where trust policies ask for one.
     * @deepVisibility secret
     */
    externalIds?: { [accountId: string]: string };
    /**
     * Whether sessions carry a source identity. Default: true.
     * @visibility backend
     */
    sourceIdentity?: boolean;
    /**
     * Whether sessions carry tags. Default: true.
     * @visibility backend
     */
    sessionTags?: boolean;
    roles: Array<BreakGlassLeaseRole | BreakGlassStandingRole>;
    profiles: BreakGlassProfile[];
    approvalPolicies?: BreakGlassApprovalPolicy[];
    /** Times in which leases are refused, or take one approval step more. */
    freezes?: Array<{
      /** @visibility backend */
      id: string;
      /** @visibility backend */
      title: string;
      /**
       * Instant with its offset, e.g. `2026-12-18T00:00:00Z`.
       * @visibility backend
       */
      from?: string;
      /**
       * The same; the freeze is over then.
       * @visibility backend
       */
      to?: string;
      /** Every week, instead of from and to. */
      weekly?: {
        /**
         * Day and time, e.g. `fri 18:00`.
         * @visibility backend
         */
        from: string;
        /** @visibility backend */
        to: string;
        /**
         * E.g. `Europe/Zurich`. Default: UTC.
         * @visibility backend
         */
        timeZone?: string;
      };
      /**
       * Roles with leases. Default: all.
       * @visibility backend
       */
      roles?: string[];
      /** Default: every account. */
      accounts?: BreakGlassAccountFilter;
      /**
       * No lease begins. Instead of a step.
       * @visibility backend
       */
      refuse?: true;
      /** A further step of every approval policy. Instead of refuse. */
      step?: {
        /** @visibility backend */
        title: string;
        from: BreakGlassPrincipals;
        exclude?: BreakGlassPrincipals;
        /**
         * How many people. Default: 1.
         * @visibility backend
         */
        count?: number;
      };
    }>;
    /** Who reviews leases after their end. */
    reviewers: Omit<BreakGlassPrincipals, 'accountOwner'>;
    /** Who may revoke leases. */
    responders: Omit<BreakGlassPrincipals, 'accountOwner'>;
    /** Who reads the audit log. */
    auditors: Omit<BreakGlassPrincipals, 'accountOwner'>;
    ticket: {
      /**
       * Default: true.
       * @visibility backend
       */
      required?: boolean;
      /**
       * Regular expression from ^ to $.
       * @visibility backend
       */
      pattern: string;
      /** @visibility backend */
      example: string;
      /**
       * Where tickets are read, e.g. `https://tickets.example.com/browse/$${ticket}`.
       * @visibility backend
       */
      url?: string;
      /** The system that is asked about tickets: they must be there, be open, and be about requester or beneficiary. */
      lookup?: BreakGlassLookup & {
        /** @visibility backend */
        type: 'jira' | 'service-now';
      };
      /**
       * What a request is while that system cannot tell. Default: refuse.
       * @visibility backend
       */
      whenUnavailable?: 'refuse' | 'warn';
    };
    /** Reminders to approvers of requests that wait. */
    approvals?: {
      /**
       * Until the first; each next one after twice as long. Default: 1 hour.
       * @visibility backend
       */
      remindAfter?: HumanDuration | string;
      /**
       * Until a second group is told. Default: never.
       * @visibility backend
       */
      escalateAfter?: HumanDuration | string;
      escalateTo?: Omit<BreakGlassPrincipals, 'accountOwner'>;
    };
    /** What one person can ask for. */
    limits?: {
      /**
       * Default: 60.
       * @visibility backend
       */
      requestsPerHour?: number;
      /**
       * Sets of credentials and console sign-ins. Default: 120.
       * @visibility backend
       */
      sessionsPerHour?: number;
    };
    /** Kills of live credentials in AWS. */
    kills?: {
      /**
       * How often the boundary policies that hold kills are compared with the database. Default: 5 minutes.
       * @visibility backend
       */
      lookEvery?: HumanDuration | string;
    };
    /** The schedule behind the condition `on-call`. */
    onCall?: BreakGlassLookup & {
      /** @visibility backend */
      type: 'json' | 'pager-duty';
      /**
       * Id of the schedule.
       * @visibility backend
       */
      schedule: string;
    };
    /**
     * Where people find help.
     * @visibility backend
     */
    supportUrl?: string;
    review: {
      /**
       * How long after its end a lease must be reviewed.
       * @visibility backend
       */
      due: HumanDuration | string;
      /**
       * How long after the last credentials' end logs may still arrive.
       * @visibility backend
       */
      settling: HumanDuration | string;
      /**
       * How often the logs are looked at meanwhile.
       * @visibility backend
       */
      collectEvery: HumanDuration | string;
      /**
       * Whether an approver of a lease may also review it. Default: false.
       * @visibility backend
       */
      approverMayReview?: boolean;
      /**
       * How long before a review is due its reviewers are reminded. Default: 1 day.
       * @visibility backend
       */
      remindBefore?: HumanDuration | string;
      /**
       * How often they are reminded from then on. Default: 1 day.
       * @visibility backend
       */
      remindEvery?: HumanDuration | string;
      /**
       * How long after it was due a review is escalated. Default: 2 days.
       * @visibility backend
       */
      escalateAfter?: HumanDuration | string;
      /** Who is told of reviews that stay undone. Default: nobody else than the reviewers. */
      escalateTo?: Omit<BreakGlassPrincipals, 'accountOwner'>;
      /**
       * How much data is read in logs for one lease, over all looks, such as `500GB`. Default: `1TB`.
       * @visibility backend
       */
      maxBytesPerLease?: string;
      /**
       * How many CloudTrail records one look holds in memory, 1,000 to 1,000,000. Default: 100,000.
       * @visibility backend
       */
      maxRecordsPerLook?: number;
    };
    /** Uses of roles and emergency users that no lease explains. */
    unbrokered?: {
      /**
       * Ids of the roles that are watched. Default: every role with `access: lease`.
       * @visibility backend
       */
      roles?: string[];
      /** Sealed IAM users for the time when the portal is down. */
      emergencyUsers?: Array<{
        /**
         * `arn:$${partition}:iam::$${accountId}:user/break-glass-1` for one in every account, or the ARN of one user or root.
         * @visibility backend
         */
        arn: string;
        /** @visibility backend */
        title: string;
        /**
         * Who holds the seal, and explains every use: a group or a user, e.g. `group:default/security`.
         * @visibility backend
         */
        owner: string;
      }>;
      /**
       * How often the logs are looked through. Default: 15 minutes.
       * @visibility backend
       */
      lookEvery?: HumanDuration | string;
      /**
       * How far the first scan looks back. Default: 2 days.
       * @visibility backend
       */
      lookBack?: HumanDuration | string;
      /**
       * How long after it was found a use has to be explained and reviewed. Default: 1 day.
       * @visibility backend
       */
      due?: HumanDuration | string;
      /**
       * Group or user that explains what nobody else has to. Default: the first of the responders.
       * @visibility backend
       */
      owner?: string;
      /**
       * How long before it is due a use is reminded of. Default: 4 hours.
       * @visibility backend
       */
      remindBefore?: HumanDuration | string;
      /**
       * How often from then on. Default: 4 hours.
       * @visibility backend
       */
      remindEvery?: HumanDuration | string;
      /**
       * How long after it was due a use is escalated. Default: 1 day.
       * @visibility backend
       */
      escalateAfter?: HumanDuration | string;
      /** Who is told then. Default: the reviewers. */
      escalateTo?: Omit<BreakGlassPrincipals, 'accountOwner'>;
      /**
       * Topic of the events system on which CloudTrail events arrive at once. Default: break-glass.cloudtrail
       * @visibility backend
       */
      topic?: string;
      /**
       * Key that EventBridge sends with each event, where the module `cloudTrailIngress` takes them over HTTP. At least 32 characters.
       * @visibility secret
       */
      ingressKey?: string;
    };
    /** Where the activity of leases is read from. A module that reads other logs has keys of its own here. */
    activity?: {
      /** Tables of Athena that hold CloudTrail's records; of several accounts and regions, several. */
      athena?: Array<{
        /**
         * Default: aws.
         * @visibility backend
         */
        partition?: string;
        /**
         * Account of the table; its credentials come from the `aws` section.
         * @visibility backend
         */
        accountId: string;
        /**
         * Region of the table.
         * @visibility backend
         */
        region: string;
        /**
         * Other address than AWS' own: a private endpoint, or the sandbox.
         * @visibility backend
         */
        endpoint?: string;
        /** @visibility backend */
        workgroup: string;
        /**
         * Default: AwsDataCatalog.
         * @visibility backend
         */
        catalog?: string;
        /** @visibility backend */
        database: string;
        /** @visibility backend */
        table: string;
        /**
         * `trail`: files of a trail. `firehose`: what CloudWatch Logs handed to a Firehose stream.
         * @visibility backend
         */
        layout: 'trail' | 'firehose';
        /**
         * Accounts whose records are in it. Default: all.
         * @visibility backend
         */
        accounts?: 'all' | string[];
        /**
         * Regions to read; layout `trail` only. Default: all.
         * @visibility backend
         */
        regions?: 'all' | string[];
        /** Names of the columns that the table is partitioned by. */
        partitionColumns?: {
          /**
           * Layout `trail` only. Default: account.
           * @visibility backend
           */
          account?: string;
          /**
           * Layout `trail` only. Default: region.
           * @visibility backend
           */
          region?: string;
          /**
           * One column, or one for each part. Default: `timestamp`, of layout `firehose` `dt`.
           * @visibility backend
           */
          day?: string | { year: string; month: string; day: string };
        };
        /**
         * How one column writes a day. Default: yyyy/MM/dd.
         * @visibility backend
         */
        dayFormat?: 'yyyy/MM/dd' | 'yyyy-MM-dd';
        /**
         * A query that scans more is given up, such as `20GB`. Default: 100GB.
         * @visibility backend
         */
        maxBytesPerQuery?: string;
        /**
         * A query that takes longer is given up; at most 150 s. Default: 2 minutes.
         * @visibility backend
         */
        timeout?: HumanDuration | string;
      }>;
    };
    audit: {
      /**
       * File outside of the database that witnesses the head of the audit log; relative to the folder of app-config.yaml.
       * @visibility backend
       */
      anchorFile?: string;
      /**
       * Entry by which operators take a restored database for the right one. Take it away afterwards.
       * @visibility backend
       */
      acceptedHead?: {
        /** @visibility backend */
        seq: number;
        /** @visibility backend */
        hash: string;
      };
      /** @visibility backend */
      anchorEvery: HumanDuration | string;
      /**
       * Where entries about endings wait while the audit log cannot be written.
       * @visibility backend
       */
      spoolFile: string;
    };
  };
}
