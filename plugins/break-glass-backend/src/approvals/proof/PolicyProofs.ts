import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { setImmediate } from 'timers/promises';
import { sameHuman } from '../../accounts/humans';
import {
  Account,
  AccountDirectory,
  Census,
  Person,
} from '../../accounts/types';
import {
  ApprovalPolicyConfig,
  BreakGlassConfig,
  RoleConfig,
} from '../../config/types';
import { accountClasses, keyOfUse, policyInUse } from './accountClasses';
import {
  byDesignWords,
  nobodyCanApprove,
  unmeetableWords,
  unsafeWords,
} from './proofWords';
import { Crowd, crowdOf, PolicyProof, provePolicy } from './provePolicy';

/** How old a proof may be for who asks for the state, and for the schedule, in milliseconds. */
const FRESH = 60_000;
const OLD = 60 * 60_000;
const ACCOUNTS_PER_PAGE = 100;
/** Pages of accounts that are looked at; what is beyond them is proved when it is asked about. */
const MAX_ACCOUNT_PAGES = 200;
/** Classes that state and log name. */
const CLASSES_SAID = 20;

/** Something that stands against a policy, or that a requester should know. */
export interface PolicyFinding {
  code: 'policy-unsafe' | 'nobody-can-approve';
  message: string;
}

/** What the rules of requests, approvals, issuing and pages ask of proofs. */
export interface PolicySafety {
  /**
   * Why a policy must not be used for a role on accounts of an owner, by or for
   * these people (refs): one of them could meet it alone. Others can go on: their
   * requests are not approved by one person.
   */
  unsafe(
    role: RoleConfig,
    policy: ApprovalPolicyConfig,
    accountOwner: string | undefined,
    people: string[],
  ): Promise<PolicyFinding | undefined>;
  /** The same, else that no set of people can approve what this person asks for. */
  finding(
    role: RoleConfig,
    policy: ApprovalPolicyConfig,
    accountOwner: string | undefined,
    person: Person,
  ): Promise<PolicyFinding | undefined>;
}

interface Kept {
  at: number;
  crowd: Crowd;
  /** By what they depend on. */
  proofs: Map<string, PolicyProof>;
  unsafe: string[];
  unmeetable: string[];
}

/**
 * Proves every approval policy in use against the people and accounts of the
 * catalog: whether people can meet it, and whether one could alone. Keeps the
 * people of the last look, so that a policy that no account was known for is proved when it is asked about.
 * That nobody approves their own request does not depend on it: each decision looks for itself.
 */
export class PolicyProofs implements PolicySafety {
  private kept?: Kept;
  private running?: Promise<Kept>;

  constructor(
    private readonly deps: {
      config: BreakGlassConfig;
      people: Census;
      directory: AccountDirectory;
      clock: Clock;
      logger: LoggerService;
      /** Whether a policy lets leases be asked for on an account at all. */
      usable: (account: Account, policy: ApprovalPolicyConfig) => boolean;
    },
  ) {}

  async unsafe(
    role: RoleConfig,
    policy: ApprovalPolicyConfig,
    accountOwner: string | undefined,
    people: string[],
  ): Promise<PolicyFinding | undefined> {
    const proof = await this.proofOf(role, policy, accountOwner);
    const alone = proof.alone.filter(({ refs }) =>
      refs.some(ref => people.includes(ref)),
    );
    return alone.length === 0
      ? undefined
      : {
          code: 'policy-unsafe',
          message: this.unsafeWords(role, policy, { alone }),
        };
  }

  async finding(
    role: RoleConfig,
    policy: ApprovalPolicyConfig,
    accountOwner: string | undefined,
    person: Person,
  ): Promise<PolicyFinding | undefined> {
    const unsafe = await this.unsafe(role, policy, accountOwner, [person.ref]);
    const { unmeetable } = await this.proofOf(role, policy, accountOwner);
    const mine = unmeetable.find(each => sameHuman(each.person, person));
    return (
      unsafe ??
      (mine && {
        code: 'nobody-can-approve',
        message: nobodyCanApprove(policy, mine.stepIds),
      })
    );
  }

  /** Proves all again where the last time is an hour ago, or failed; for the schedule. */
  async refresh(): Promise<void> {
    await this.notOlderThan(OLD);
  }

  /** How things stand, for operators; looks again where the last time is a minute ago. */
  async state(): Promise<{ ok: boolean; words: string }> {
    const { unsafe, unmeetable } = await this.notOlderThan(FRESH);
    const findings = [...unsafe, ...unmeetable];
    const byDesign = byDesignWords(this.deps.config.approvalPolicies);
    const rest = findings.length - CLASSES_SAID;
    return {
      ok: findings.length === 0,
      words: [
        ...(findings.length === 0
          ? ['Every request can be approved, and by no one person alone.']
          : findings.slice(0, CLASSES_SAID)),
        ...(rest > 0 ? [`And ${rest} more.`] : []),
        ...(byDesign ? [byDesign] : []),
      ].join(' '),
    };
  }

  private async notOlderThan(age: number): Promise<Kept> {
    const { kept, deps } = this;
    return kept && deps.clock.now() - kept.at < age ? kept : this.prove();
  }

  /** At most one look at a time; who asks meanwhile gets its answer. */
  private prove(): Promise<Kept> {
    this.running ??= this.look().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async look(): Promise<Kept> {
    const { config, people, clock, usable } = this.deps;
    const at = clock.now();
    const [everybody, { accounts, more }] = await Promise.all([
      people.everybody(),
      this.accounts(),
    ]);
    const kept: Kept = {
      at,
      crowd: crowdOf(everybody),
      proofs: new Map(),
      unsafe: [],
      unmeetable: [],
    };
    for (const each of accountClasses(config, accounts, usable)) {
      const proof = proofIn(kept, each.use);
      if (proof.alone.length > 0) {
        kept.unsafe.push(this.unsafeWords(each.role, each.policy, proof));
      }
      if (proof.unmeetable.length > 0) {
        kept.unmeetable.push(unmeetableWords(each, proof));
      }
      // Others have their turn: it may be thousands of people in hundreds of classes.
      await setImmediate();
    }
    if (more) {
      kept.unmeetable.push(
        `Only ${accounts.length} of the catalog’s AWS accounts were looked at.`,
      );
    }
    kept.unsafe = [...new Set(kept.unsafe)];
    this.say(kept);
    this.kept = kept;
    return kept;
  }

  /** What was found for the first time, or again after it was gone. */
  private say({ unsafe, unmeetable }: Kept): void {
    const said = new Set([
      ...(this.kept?.unsafe ?? []),
      ...(this.kept?.unmeetable ?? []),
    ]);
    [...unsafe, ...unmeetable]
      .filter(words => !said.has(words))
      .slice(0, CLASSES_SAID)
      .forEach(words => this.deps.logger.warn(words));
  }

  private async accounts(): Promise<{ accounts: Account[]; more: boolean }> {
    const found: Account[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_ACCOUNT_PAGES; page++) {
      const { items, nextCursor } = await this.deps.directory.list({
        limit: ACCOUNTS_PER_PAGE,
        cursor,
      });
      found.push(...items.flatMap(each => (each.ok ? [each.account] : [])));
      cursor = nextCursor;
      if (!cursor) {
        break;
      }
    }
    return { accounts: found, more: cursor !== undefined };
  }

  private async proofOf(
    role: RoleConfig,
    policy: ApprovalPolicyConfig,
    accountOwner: string | undefined,
  ): Promise<PolicyProof> {
    const kept = this.kept ?? (await this.prove());
    return proofIn(kept, policyInUse(role, policy, accountOwner));
  }

  private unsafeWords(
    role: RoleConfig,
    policy: ApprovalPolicyConfig,
    proof: Pick<PolicyProof, 'alone'>,
  ): string {
    const { personKeyAnnotation } = this.deps.config;
    return unsafeWords(role, policy, proof, personKeyAnnotation);
  }
}

/** The proof of a policy in use, made once for the people that are kept. */
function proofIn(
  { crowd, proofs }: Kept,
  use: ReturnType<typeof policyInUse>,
): PolicyProof {
  const key = keyOfUse(use);
  const proof = proofs.get(key) ?? provePolicy(use, crowd);
  proofs.set(key, proof);
  return proof;
}
