// Used by tests only, though not one itself.
import { People, Person } from '../accounts/types';
import { ApprovalFacts, RecordedDecision } from '../approvals/types';
import {
  ApprovalPolicyConfig,
  ApprovalStepConfig,
  Principals,
} from '../config/types';

export const nobody: Principals = {
  groups: [],
  users: [],
  accountOwner: false,
};

/** Principals by short names of groups. */
export function groups(...names: string[]): Principals {
  return { ...nobody, groups: names.map(name => `group:default/${name}`) };
}

/** A person in groups, by short names. */
export function aPerson(
  name: string,
  inGroups: string[] = [],
  key = `user:default/${name}`,
): Person {
  return {
    ref: `user:default/${name}`,
    displayName: name,
    key,
    groups: new Set(groups(...inGroups).groups),
  };
}

/** A step of one approval from one group. */
export function aStep(
  id: string,
  from: Principals,
  change: Partial<ApprovalStepConfig> = {},
): ApprovalStepConfig {
  return {
    id,
    title: `Step ${id}`,
    from,
    exclude: nobody,
    count: 1,
    ...change,
  };
}

/** A policy of these steps, in parallel. */
export function aPolicy(
  steps: ApprovalStepConfig[],
  order: ApprovalPolicyConfig['order'] = 'parallel',
): ApprovalPolicyConfig {
  return { id: 'policy', order, steps };
}

/** CISO office and senior management, the latter without those who run the cloud. */
export const twoRoles = aPolicy([
  aStep('ciso', groups('ciso-office')),
  aStep('management', groups('senior-management'), {
    exclude: groups('platform'),
  }),
]);

/** One other cloud admin. */
export const secondAdmin = aPolicy([aStep('second', groups('cloud-admins'))]);

/** Facts of a lease that mary asked for. */
export function facts(
  policy: ApprovalPolicyConfig,
  ...decisions: RecordedDecision[]
): ApprovalFacts {
  return {
    policy,
    requester: { ref: 'user:default/mary', key: 'user:default/mary' },
    decisions,
  };
}

/** A decision that was recorded. */
export function decided(
  person: Person,
  stepId: string,
  verdict: 'approve' | 'reject' = 'approve',
): RecordedDecision {
  return { stepId, person: person.ref, personKey: person.key, verdict };
}

/** Looks several people up, one by one. */
export function findingAll(find: People['find']): People['findAll'] {
  return async refs => {
    const found = new Map<string, Person>();
    for (const ref of refs) {
      const person = await find(ref);
      if (person) {
        found.set(ref, person);
      }
    }
    return found;
  };
}
