import { People, Person } from '../accounts/types';
import { fitsStep } from './analyseDecision';
import { hasDecided, isInvolved } from './progress';
import { ApprovalFacts } from './types';

/** Who can still decide on one step. */
export interface StepCandidates {
  stepId: string;
  /** Each once, ordered by name. */
  people: Person[];
}

/**
 * Who can still decide on each step of a policy, in the policy's order; involved people and those who decided are left out.
 * @param limit - how many members of one step are looked at
 * @throws ServiceUnavailableError where the catalog cannot be read
 */
export async function candidates(
  people: People,
  facts: ApprovalFacts,
  limit: number,
): Promise<StepCandidates[]> {
  return Promise.all(
    facts.policy.steps.map(async step => {
      const owner = step.from.accountOwner ? facts.accountOwner : undefined;
      const members = await people.members(
        {
          groups: [...step.from.groups, ...ofKind('group', owner)],
          users: [...step.from.users, ...ofKind('user', owner)],
        },
        limit,
      );
      return {
        stepId: step.id,
        people: members.filter(
          person =>
            fitsStep(step, person, facts.accountOwner) &&
            !isInvolved(facts, person) &&
            !hasDecided(facts, person),
        ),
      };
    }),
  );
}

function ofKind(kind: 'group' | 'user', ref: string | undefined): string[] {
  return ref?.startsWith(`${kind}:`) ? [ref] : [];
}
