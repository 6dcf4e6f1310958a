import { StepView } from '../StepView';

/** I11: with clocks apart nobody decides, either. (What is not issued then is a part of I3.) */
export function I11({ after, before, skew, replaced }: StepView): string[] {
  const decided =
    after.decisions.length > before.decisions.length ||
    after.extensionDecisions.length > before.extensionDecisions.length;
  return !replaced && decided && Math.abs(skew) > 30_000
    ? ['I11: a decision was taken with clocks apart']
    : [];
}
