import { Person } from '../accounts/types';
import { progress } from '../approvals';
import { stepOfNewFreeze } from '../config/frozenPolicies';
import { DecisionRow, LeaseRow } from '../database/types';
import { LeaseDependencies } from './dependencies';
import { DecisionContext, frozenFacts, presentFacts } from './explainDecide';
import { peopleOf } from './peopleOf';

/** A decision's context, and why the lease can no longer be approved at all. */
export interface PresentContext extends DecisionContext {
  /** The lease can only be rejected, for this reason. */
  stale?: {
    code:
      | 'scope-drift'
      | 'duration-limit'
      | 'frozen'
      | 'policy-unsafe'
      | 'person-unknown';
    message: string;
  };
}

/**
 * Looks up what a decision depends on besides the lease itself, now: what the
 * lease names, the policy in force, and who takes part in it.
 */
export async function decisionContext(
  deps: Pick<LeaseDependencies, 'config' | 'resolver' | 'people' | 'proofs'>,
  row: LeaseRow,
  decisions: DecisionRow[],
): Promise<PresentContext> {
  const [resolution, known] = await Promise.all([
    deps.resolver.resolve(row),
    deps.people.findAll([
      ...peopleOf(row),
      ...decisions.map(each => each.person),
    ]),
  ]);
  const base = { row, decisions, known };
  if (!resolution.ok || resolution.scopeHash !== row.scopeHash) {
    const why = resolution.ok ? '' : ` (${resolution.message})`;
    return {
      ...base,
      policyNow: row.scope.approvalPolicy,
      ownerNow: row.accountOwner,
      stale: {
        code: 'scope-drift',
        message: `What this request names has changed since it was made${why}. It cannot be approved; reject it, and let ${row.requester} ask again.`,
      },
    };
  }
  const { role, policy, account } = resolution;
  const { maxDurationMinutes, title } = role;
  const unsafe = await deps.proofs.unsafe(
    role,
    policy,
    account.owner,
    peopleOf(row),
  );
  const gone = peopleOf(row)
    .filter(ref => !known.has(ref))
    .join(' and ');
  const added = stepOfNewFreeze(deps.config, policy, row.scope.approvalPolicy);
  return {
    ...base,
    policyNow: policy,
    ownerNow: account.owner,
    ...(resolution.frozen && {
      stale: {
        code: 'frozen',
        message: `${resolution.frozen} Approve after it, if the request has not lapsed by then, or reject it.`,
      },
    }),
    // Its people could not find what was asked under another policy.
    ...(added && {
      stale: {
        code: 'frozen',
        message: `A freeze began since this was asked for, and takes one more approval: ${added.title}. Approve after the freeze, or reject it, and let ${row.requester} ask again.`,
      },
    }),
    ...(row.durationMinutes > maxDurationMinutes && {
      stale: {
        code: 'duration-limit',
        message: `${title} now allows at most ${maxDurationMinutes} minutes, and this request is for ${row.durationMinutes}. Reject it, and let ${row.requester} ask again.`,
      },
    }),
    ...(unsafe && {
      stale: { code: 'policy-unsafe', message: unsafe.message },
    }),
    // Nobody can tell whose other entity the approver's is: not by an address that is gone.
    ...(gone && {
      stale: {
        code: 'person-unknown',
        message: `${gone} cannot be found in the catalog any more, so whether you are somebody else cannot be told. It cannot be approved; reject it.`,
      },
    }),
  };
}

/** Whom an approval depends on, as the catalog knows them now: who decides, and for whom. */
export function partiesIn(
  { row, known }: DecisionContext,
  person: Person,
): Person[] {
  const parties = [...peopleOf(row)];
  return [person, ...parties.flatMap(ref => known.get(ref) ?? [])];
}

/** Whether one more approval meets both policies, the frozen one and the one in force now (I1). */
export function isMetWith(
  context: DecisionContext,
  person: Person,
  decision: DecisionRow,
): boolean {
  const after = {
    ...context,
    decisions: [...context.decisions, decision],
    known: new Map(context.known).set(person.ref, person),
  };
  return (
    progress(frozenFacts(after.row, after.decisions, after.known)).met &&
    progress(presentFacts(after)).met
  );
}
