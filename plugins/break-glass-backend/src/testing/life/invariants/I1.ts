import { KnownPerson } from '../LifeCatalog';
import { KnownPolicy, KnownPrincipals, KnownStep } from '../LifeConfiguration';
import { Row } from '../Snapshot';
import { StepView } from '../StepView';

type Decider = (decision: Row) => KnownPerson | undefined;

/**
 * I1: nothing is active before its policy is met, by other people than those it is for,
 * each counted once; where it was asked for without an approval, that was allowed.
 */
export function I1({ after, before, world, replaced }: StepView): string[] {
  const { memory, catalog, configuration } = world;
  const then: Decider = ({ id }) => memory.deciders.get(id);
  const now: Decider = ({ person }) => catalog.person(person);
  const problems: string[] = [];
  for (const lease of after.leases.values()) {
    const was = replaced ? lease : before.leases.get(lease.id);
    const frozen = frozenPolicy(lease);
    const decisions = after.decisions.filter(
      each => each.lease_id === lease.id,
    );
    const present = () => presentPolicy(lease);
    const check = (policy: KnownPolicy, made: Row[], who: Decider) =>
      unmet(policy, lease, made, who).map(
        problem => `I1: lease ${lease.id} is active, but ${problem}`,
      );
    if (lease.active_from !== null && lease.approval_kind === 'people') {
      problems.push(...check(frozen, decisions, then));
      if (was?.active_from === null) {
        problems.push(...check(present(), decisions, now));
      }
    }
    if (lease.approval_kind === 'emergency') {
      const requested = memory.requests.get(lease.id)!;
      if (!requested.policy?.emergency || lease.duration_minutes > 30) {
        problems.push(`I1: lease ${lease.id} is an emergency that may not be`);
      }
    }
    if (!['people', 'emergency'].includes(lease.approval_kind)) {
      problems.push(`I1: lease ${lease.id} is ${lease.approval_kind}`);
    }
    for (const extension of extensionsOf(lease)) {
      const made = after.extensionDecisions.filter(
        each => each.extension_id === extension.id,
      );
      if (extension.status === 'approved') {
        problems.push(...check(frozen, made, then));
        const earlier = before.extensions.get(extension.id);
        if (earlier?.status === 'pending' && !replaced) {
          problems.push(...check(present(), made, now));
        }
      }
    }
  }
  return problems;

  function extensionsOf(lease: Row): Row[] {
    return [...after.extensions.values()].filter(
      each => each.lease_id === lease.id,
    );
  }

  function presentPolicy(lease: Row): KnownPolicy {
    const account = catalog.account(lease.account_ref)!;
    const begins = Math.max(world.now(), lease.start_at ?? 0);
    return configuration.policy(lease.role_id, account, begins);
  }
}

/** The policy that was frozen with a lease. */
export function frozenPolicy(lease: Row): KnownPolicy {
  return JSON.parse(lease.scope).approvalPolicy;
}

/** Counts the approvals of a lease under a policy, in its own way. @returns what is missing */
function unmet(
  policy: KnownPolicy,
  lease: Row,
  decisions: Row[],
  who: Decider,
): string[] {
  const involved = [lease.requester_key, lease.beneficiary_key];
  const used = new Set<string>();
  let last = 0;
  return policy.steps.flatMap(step => {
    const good = decisions
      .filter(({ verdict, step_id: id }) => {
        return verdict === 'approve' && id === step.id;
      })
      .filter(decision => {
        const person = who(decision);
        const counts =
          person !== undefined &&
          !involved.includes(decision.person_key) &&
          !involved.includes(person.key) &&
          ![lease.requester, lease.beneficiary].includes(decision.person) &&
          !used.has(person.key) &&
          fits(step, person, lease.account_owner) &&
          (policy.order === 'parallel' || decision.ordinal > last);
        if (counts) {
          used.add(person.key);
        }
        return counts;
      });
    last = good.at(-1)?.ordinal ?? last;
    return good.length >= step.count
      ? []
      : [
          `step ${step.id} has ${good.length} of ${
            step.count
          } approvals: ${JSON.stringify(
            decisions.map(({ person }) => person),
          )}`,
        ];
  });
}

function fits(
  { from, exclude }: KnownStep,
  { ref, groups, against }: KnownPerson,
  owner: string | null,
): boolean {
  return (
    isAmong(from, new Set([ref]), groups, owner) &&
    !isAmong(exclude, against.refs, against.groups, owner)
  );
}

function isAmong(
  principals: KnownPrincipals,
  refs: Set<string>,
  groups: Set<string>,
  owner: string | null,
): boolean {
  return (
    principals.groups.some(each => groups.has(each)) ||
    principals.users.some(each => refs.has(each)) ||
    (principals.accountOwner &&
      owner !== null &&
      (groups.has(owner) || refs.has(owner)))
  );
}
