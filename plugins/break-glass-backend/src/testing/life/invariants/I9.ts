import { StepView } from '../StepView';

/** I9: nothing is done to a lease by what is about another. */
export function I9(view: StepView): string[] {
  const { after, before, touched, anything, replaced, now, world } = view;
  const problems: string[] = [];
  if (!replaced && !anything) {
    for (const [id, lease] of before.leases) {
      const there = after.leases.get(id);
      if (!touched.has(id) && JSON.stringify(lease) !== JSON.stringify(there)) {
        problems.push(`I9: lease ${id} was changed by what is about others`);
      }
    }
  }
  const killed = boundaries(world.sandbox.world);
  for (const { id, status, expires_at: ends } of after.leases.values()) {
    const isOn =
      status === 'approved' && now < ends && !world.memory.over.has(id);
    if (isOn && killed.includes(id)) {
      problems.push(`I9: AWS refuses the sessions of lease ${id}, which is on`);
    }
  }
  return problems;
}

/** Every policy that kills, as text. */
function boundaries(world: StepView['world']['sandbox']['world']): string {
  return JSON.stringify(
    [...world.accounts.values()].flatMap(account =>
      [...account.policies.values()]
        .filter(({ arn }) => arn.endsWith('/BreakGlassBoundary'))
        .map(policy => policy.current.effective.document),
    ),
  );
}
