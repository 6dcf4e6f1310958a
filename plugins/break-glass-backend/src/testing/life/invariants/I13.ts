import { StepView } from '../StepView';

/** I13: leases are of people and accounts that a trusted file names, and of who is eligible. */
export function I13({ after, before, world, replaced }: StepView): string[] {
  const fresh = replaced
    ? []
    : [...after.leases.values()].filter(({ id }) => !before.leases.has(id));
  return fresh.flatMap(lease => {
    const { account, requester } = world.memory.requests.get(lease.id)!;
    const problems = [
      ...(account?.id === lease.account_id
        ? []
        : ['is for an account that no trusted file names so']),
      ...(requester?.groups.has('group:default/cloud-admins')
        ? []
        : ['is of somebody who is not eligible']),
      ...(lease.beneficiary === null || world.catalog.person(lease.beneficiary)
        ? []
        : ['is for somebody whom no trusted file names']),
      ...((account?.owner ?? null) === lease.account_owner
        ? []
        : ['has another owner']),
      ...(requester?.key === lease.requester_key ? [] : ['has another key']),
    ];
    return problems.map(each => `I13: lease ${lease.id} ${each}`);
  });
}
