import { humanOf } from '../accounts/humans';
import { seat } from '../seating';
import { StepCandidates } from './candidates';
import { progress } from './progress';
import { ApprovalFacts } from './types';

/**
 * Whether these candidates are enough to meet a policy, one human being counting once over
 * all steps: two steps that only the same person could approve cannot both be met.
 * @returns ids of steps that stay without enough people, in the policy's order; empty where it can be met.
 */
export function stepsWithoutPeople(
  facts: ApprovalFacts,
  candidates: StepCandidates[],
): string[] {
  const stands = progress(facts);
  const humans = candidates.map(({ people }) => [
    ...new Set(people.map(humanOf)),
  ]);
  const seats = facts.policy.steps.flatMap((step, index) =>
    Array.from(
      { length: Math.max(0, step.count - stands.steps[index].approvals) },
      () => index,
    ),
  );
  const { empty } = seat(seats.map(index => humans[index] ?? []));
  const without = new Set(empty.map(at => seats[at]));
  return [...without].map(index => facts.policy.steps[index].id);
}
