import { Person } from '../accounts/types';
import { LeaseDependencies } from './dependencies';
import { ResolvedChoice } from './LeaseResolver';
import type { RequestProblem } from './requestCheck';

/** What somebody asks for who cannot wait for an approval. */
export interface EmergencyRequest {
  emergency: { confirmation: string };
  durationMinutes: number;
  startAt?: number;
}

/** Everything that stands against activating a lease at once (I1). */
export async function checkEmergency(
  deps: Pick<LeaseDependencies, 'database' | 'clock'>,
  person: Person,
  choice: ResolvedChoice,
  request: EmergencyRequest,
): Promise<RequestProblem[]> {
  const allowed = choice.policy.emergency;
  if (!allowed || choice.account.controlPlane) {
    return [
      {
        field: 'emergency',
        code: 'emergency-not-allowed',
        message: `${choice.role.title} on ${choice.account.title} cannot be activated without an approval. Send the request, and call an approver.`,
        kind: 'forbidden',
      },
    ];
  }
  const problems: RequestProblem[] = [];
  const max = allowed.maxDurationMinutes;
  if (request.durationMinutes > max) {
    problems.push({
      field: 'durationMinutes',
      code: 'duration-limit',
      message: `An emergency lasts at most ${max} minutes.`,
      kind: 'input',
    });
  }
  if (request.startAt !== undefined) {
    problems.push({
      field: 'startAt',
      code: 'invalid-input',
      message: 'An emergency begins now: leave the start out.',
      kind: 'input',
    });
  }
  const debt = await debtProblem(deps.database, person, deps.clock.now());
  problems.push(...(debt ? [debt] : []));
  if (request.emergency.confirmation.trim() !== choice.account.title) {
    problems.push({
      field: 'emergency.confirmation',
      code: 'emergency-confirmation',
      message: `Type the account’s title, ${choice.account.title}, to confirm.`,
      kind: 'input',
    });
  }
  return problems;
}

/** A review that is overdue keeps its requester from the next emergency. Also asked in the write. */
export async function debtProblem(
  { leases }: Pick<LeaseDependencies['database'], 'leases'>,
  person: Pick<Person, 'key'>,
  now: number,
): Promise<RequestProblem | undefined> {
  const overdue = await leases.overdueReviews(person.key, now);
  return overdue === 0
    ? undefined
    : {
        field: 'emergency',
        code: 'review-debt',
        message: `${
          overdue === 1
            ? 'The review of one of your leases is'
            : `The reviews of ${overdue} of your leases are`
        } overdue: no emergency until the reviewers are done. Send the request, and call an approver.`,
        kind: 'forbidden',
      };
}
