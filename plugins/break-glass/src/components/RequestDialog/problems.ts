import { LeasePreview } from 'backstage-plugin-break-glass-common';

/** A problem that the preview found. */
export type Problem = LeasePreview['problems'][number];

const FIELDS = [
  'reason',
  'ticket',
  'beneficiary',
  'profileId',
  'profileParameters',
  'durationMinutes',
  'startAt',
  'emergency',
];

/** What is wrong with `field`, as one text; for `profileParameters.bucket` that parameter only. */
export function problemsOf(problems: Problem[], field: string): string {
  return problems
    .filter(problem => problem.field === field)
    .map(problem => problem.message)
    .join(' ');
}

/** Problems that belong to none of the form's fields, such as the account or the person. */
export function otherProblems(problems: Problem[]): Problem[] {
  return problems.filter(({ field }) => !FIELDS.includes(field.split('.')[0]));
}
