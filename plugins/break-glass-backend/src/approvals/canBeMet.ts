import { StepCandidates } from './candidates';
import { progress } from './progress';
import { ApprovalFacts } from './types';

/**
 * Whether these candidates are enough to meet a policy, one person counting once over
 * all steps: two steps that only the same person could approve cannot both be met.
 * @returns ids of steps that stay without enough people, in the policy's order; empty where it can be met.
 */
export function stepsWithoutPeople(
  facts: ApprovalFacts,
  candidates: StepCandidates[],
): string[] {
  const stands = progress(facts);
  const seats = facts.policy.steps.flatMap((step, index) =>
    Array.from(
      { length: Math.max(0, step.count - stands.steps[index].approvals) },
      () => index,
    ),
  );
  const seatOf = new Map<string, number>();
  const without = seats.filter(
    (_, seat) => !findSeat(seat, seats, candidates, seatOf, new Set()),
  );
  return [...new Set(without)].map(index => facts.policy.steps[index].id);
}

/** Augmenting paths (Kuhn): a person may move to another step that they fit too. */
function findSeat(
  seat: number,
  seats: number[],
  candidates: StepCandidates[],
  seatOf: Map<string, number>,
  tried: Set<string>,
): boolean {
  for (const { key } of candidates[seats[seat]]?.people ?? []) {
    if (tried.has(key)) {
      continue;
    }
    tried.add(key);
    const taken = seatOf.get(key);
    if (
      taken === undefined ||
      findSeat(taken, seats, candidates, seatOf, tried)
    ) {
      seatOf.set(key, seat);
      return true;
    }
  }
  return false;
}
