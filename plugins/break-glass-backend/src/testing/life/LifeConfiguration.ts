// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { AwsSandbox } from 'aws-sandbox';
import { join } from 'path';
import { demoConfig } from '../demoConfig';
import { KnownAccount } from './LifeCatalog';
import { PERSON_KEY } from './people';

/** Principals as configuration and frozen policies have them, with refs in full. */
export interface KnownPrincipals {
  groups: string[];
  users: string[];
  accountOwner: boolean;
}

/** A step of an approval policy. */
export interface KnownStep {
  id: string;
  from: KnownPrincipals;
  exclude: KnownPrincipals;
  count: number;
}

/** An approval policy. */
export interface KnownPolicy {
  order: 'parallel' | 'sequential';
  steps: KnownStep[];
  emergency?: unknown;
}

type Section = Record<string, any>;

const HOUR = 3_600_000;

const named = (items: Section[], id: string) =>
  items.find(item => item.id === id)!;

const ciso = { title: 'CISO office', from: { groups: ['ciso-office'] } };

/** What an operator changes, by name; `now` in epoch milliseconds. */
export const CHANGES: Record<string, (section: Section, now: number) => void> =
  {
    'one second admin': section => {
      secondAdmin(section).count = 1;
    },
    'two second admins': section => {
      secondAdmin(section).count = 2;
    },
    'no managers as second admin': section => {
      secondAdmin(section).exclude = { groups: ['senior-management'] };
    },
    'managers as second admin again': section => {
      delete secondAdmin(section).exclude;
    },
    'two roles in their order': section => {
      named(section.approvalPolicies, 'two-roles').order = 'sequential';
    },
    'profile allows more': section => {
      named(section.profiles, 's3-kms-iam').statements[1].Action = ['kms:*'];
    },
    'profile allows less': section => {
      named(section.profiles, 's3-kms-iam').statements[1].Action = [
        'kms:List*',
      ];
    },
    'role for one hour': section => {
      const role = named(section.roles, 'break-glass');
      role.maxDuration = { hours: 1 };
      role.suggestedDurations = [{ minutes: 30 }];
    },
    'role for four hours': section => {
      named(section.roles, 'break-glass').maxDuration = { hours: 4 };
    },
    'a freeze': (section, now) => {
      section.freezes = [{ ...freeze(now), refuse: true }];
    },
    'a freeze with a step': (section, now) => {
      section.freezes = [{ ...freeze(now), step: ciso }];
    },
    'no freeze': section => {
      section.freezes = [];
    },
  };

function secondAdmin(section: Section) {
  return named(section.approvalPolicies, 'second-admin').steps[0];
}

function freeze(now: number) {
  const instant = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
  return {
    id: 'change',
    title: 'Change freeze',
    from: instant(now - HOUR),
    to: instant(now + 6 * HOUR),
  };
}

/** Read once: parsing it takes longer than a run. */
let demo: Section | undefined;

/** The demo's configuration, which can change; and what a few lines of code without our rules read from it. */
export class LifeConfiguration {
  private readonly demo = structuredClone((demo ??= demoConfig()));
  readonly section: Section = this.demo.breakGlass;
  readonly anchorFile: string;
  readonly spoolFile: string;

  constructor(sandbox: AwsSandbox, folder: string) {
    const { section } = this;
    for (const partition of Object.values<any>(section.partitions)) {
      partition.endpoints = {
        sts: sandbox.url,
        iam: sandbox.url,
        signIn: sandbox.signInUrl,
      };
    }
    this.anchorFile = join(folder, 'anchor.jsonl');
    this.spoolFile = join(folder, 'spool.jsonl');
    const { anchorFile, spoolFile } = this;
    section.audit = { ...section.audit, anchorFile, spoolFile };
    section.personKeyAnnotation = PERSON_KEY;
    section.freezes = [];
  }

  /** The whole configuration, for a start. */
  data() {
    const { app, aws } = this.demo;
    return structuredClone({ app, aws, breakGlass: this.section });
  }

  /** @param name - one of {@link CHANGES} */
  change(name: string, now: number): void {
    CHANGES[name](this.section, now);
  }

  role(id: string): Section {
    return named(this.section.roles, id);
  }

  /** What a profile lets through, as text that can be compared. */
  profile(id: string): string {
    return JSON.stringify(named(this.section.profiles, id));
  }

  /** The policy that a request must pass whose access begins at an instant. */
  policy(roleId: string, account: KnownAccount, at: number): KnownPolicy {
    const role = this.role(roleId);
    const override = role.approvalOverrides?.find((each: Section) =>
      each.accounts.systems.includes(account.system),
    );
    const { order, steps, emergency } = named(
      this.section.approvalPolicies,
      (override ?? role).approvalPolicy,
    );
    const extra = this.section.freezes.filter(
      (each: Section) =>
        each.step && at >= Date.parse(each.from) && at < Date.parse(each.to),
    );
    return {
      order: order ?? 'parallel',
      emergency,
      steps: [
        ...steps,
        ...extra.map((each: Section) => ({
          id: `freeze-${each.id}`,
          ...each.step,
        })),
      ].map(({ id, from, exclude, count }) => ({
        id,
        from: principals(from),
        exclude: principals(exclude),
        count: count ?? 1,
      })),
    };
  }

  /** Whether no lease may begin at an instant. */
  isFrozen(at: number): boolean {
    return this.section.freezes.some(
      (each: Section) =>
        each.refuse && at >= Date.parse(each.from) && at < Date.parse(each.to),
    );
  }
}

function principals(given: Section = {}): KnownPrincipals {
  return {
    groups: (given.groups ?? []).map((name: string) => `group:default/${name}`),
    users: [],
    accountOwner: given.accountOwner ?? false,
  };
}
