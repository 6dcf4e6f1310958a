import { ApprovalStepSummary } from 'backstage-plugin-break-glass-common';
import { inWords, refsOf } from '../accounts/principals';
import {
  ApprovalPolicyConfig,
  ApprovalStepConfig,
  Principals,
} from '../config/types';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five'];

/** One step as a sentence, e.g. `One other person: a member of senior-management, but not a member of platform.` */
export function stepInWords(
  step: ApprovalStepConfig,
  names?: ReadonlyMap<string, string>,
): string {
  const number = NUMBERS[step.count] ?? String(step.count);
  const people = step.count === 1 ? 'person' : 'people';
  const start = number.charAt(0).toLocaleUpperCase('en') + number.slice(1);
  const not = isEmpty(step.exclude)
    ? ''
    : `, but not ${inWords(step.exclude, names)}`;
  return `${start} other ${people}: ${inWords(step.from, names)}${not}.`;
}

/** A whole policy in words, e.g. `First the CISO office: one other person: …` */
export function policyInWords(
  policy: ApprovalPolicyConfig,
  names?: ReadonlyMap<string, string>,
): string {
  return [stepsInWords(policy, names), ...withoutPeople(policy)].join(' ');
}

/** The ways around the steps, where there are any (I1). */
function withoutPeople({ automatic, emergency }: ApprovalPolicyConfig) {
  return [
    ...(automatic
      ? [
          `Or nobody, where all of this holds: ${automatic.conditions.join(
            ', ',
          )}.`,
        ]
      : []),
    ...(emergency
      ? [
          `Or nobody, in an emergency of at most ${emergency.maxDurationMinutes} minutes.`,
        ]
      : []),
  ];
}

/** The steps alone. */
export function stepsInWords(
  policy: ApprovalPolicyConfig,
  names?: ReadonlyMap<string, string>,
): string {
  if (policy.steps.length === 1) {
    return stepInWords(policy.steps[0], names);
  }
  const start =
    policy.order === 'sequential' ? 'One after the other:' : 'All of these:';
  const steps = policy.steps.map(
    (step, index) => `${index + 1}. ${step.title}: ${stepInWords(step, names)}`,
  );
  return [start, ...steps].join(' ');
}

/** One step as the contract shows it. */
export function stepSummary(
  step: ApprovalStepConfig,
  names?: ReadonlyMap<string, string>,
): ApprovalStepSummary {
  return {
    id: step.id,
    title: step.title,
    count: step.count,
    from: refsOf(step.from),
    exclude: refsOf(step.exclude),
    words: stepInWords(step, names),
  };
}

/** Refs that a policy names, to look up their titles in one read. */
export function refsOfPolicy(policy: ApprovalPolicyConfig): string[] {
  return policy.steps.flatMap(step =>
    [...refsOf(step.from), ...refsOf(step.exclude)].filter(ref =>
      ref.includes(':'),
    ),
  );
}

function isEmpty(principals: Principals): boolean {
  return refsOf(principals).length === 0;
}
