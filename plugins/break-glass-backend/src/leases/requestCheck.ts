import { LeasePreviewRequest } from 'backstage-plugin-break-glass-common';
import { inWords, refsOf } from '../accounts/principals';
import { People, Person } from '../accounts/types';
import { RoleConfig } from '../config/types';
import { LeaseRow, Millis } from '../database/types';
import { codeOf, inputError, notAllowedError, notFoundError } from '../errors';
import { LeaseDependencies } from './dependencies';
import { checkEmergency } from './emergencyCheck';
import { explainEligible } from './explain';
import { Choice, ResolvedChoice } from './LeaseResolver';
import { explainStop } from './panic/stop';
import { checkTicket } from './requestTicket';

const MINUTE = 60_000;

/** Shortest lease, in minutes. */
export const MIN_DURATION_MINUTES = 5;
/** How far ahead a start may lie, in milliseconds. */
const MAX_AHEAD = 30 * 24 * 60 * MINUTE;

/** Something that stands against a request, at the field where it can be put right. */
export interface RequestProblem {
  field: string;
  code: string;
  message: string;
  kind: 'input' | 'forbidden' | 'missing';
}

/** A request, looked at by every rule; preview shows it, requesting enforces it. */
export interface CheckedRequest {
  problems: RequestProblem[];
  resolved?: ResolvedChoice;
  beneficiary?: Person;
  /** What the ticket system said; absent where none was asked. */
  ticketCheck?: LeaseRow['ticketCheck'];
  durationMinutes: number;
  startAt?: Millis;
}

/** The one way in: all rules for a request, before it is made. */
export async function checkRequest(
  deps: Pick<
    LeaseDependencies,
    | 'config'
    | 'resolver'
    | 'people'
    | 'proofs'
    | 'clock'
    | 'database'
    | 'tickets'
  >,
  person: Person,
  input: LeasePreviewRequest,
): Promise<CheckedRequest> {
  const problems: RequestProblem[] = [];
  const now = deps.clock.now();
  const role = deps.config.roles.find(each => each.id === input.roleId);
  const startAt = checkStart(input.startAt, now, problems);
  const resolved = await resolveChoice(deps, { ...input, startAt }, problems);
  if (resolved) {
    const eligible = explainEligible(
      resolved.role,
      person,
      resolved.account.owner,
      await eligiblePeople(deps.people, resolved.role),
    );
    problems.push(
      ...eligible.reasons.map(reason => ({
        field: 'roleId',
        kind: 'forbidden' as const,
        ...reason,
      })),
    );
  }
  // An emergency is what a freeze must not stand in the way of.
  if (resolved?.frozen && !input.emergency) {
    problems.push({
      field: 'startAt',
      code: 'frozen',
      message: `${resolved.frozen} Choose a start after it.`,
      kind: 'forbidden',
    });
  }
  const beneficiary = await findBeneficiary(deps, input, problems);
  const people = [person, ...(beneficiary ? [beneficiary] : [])];
  if (resolved && !input.emergency) {
    const refs = people.map(({ ref }) => ref);
    problems.push(...(await unsafePolicy(deps, resolved, refs)));
  }
  const ticketCheck = await checkTicket(
    deps,
    { ticket: input.ticket, requester: person, beneficiary },
    problems,
  );
  const { reasons } = await explainStop(deps.database, {
    accountId: resolved?.account.accountId,
    people,
  });
  problems.push(
    ...reasons.map(reason => ({
      field: 'accountRef',
      kind: 'forbidden' as const,
      ...reason,
    })),
  );
  const durationMinutes = checkDuration(
    role,
    input.durationMinutes ?? emergencyDefault(resolved, input),
    problems,
  );
  if (resolved && input.emergency) {
    const { emergency } = input;
    const request = { emergency, durationMinutes, startAt };
    problems.push(...(await checkEmergency(deps, person, resolved, request)));
  }
  return {
    problems,
    resolved,
    beneficiary,
    ticketCheck,
    durationMinutes,
    startAt,
  };
}

/** An emergency is one person's alone by design, so that it takes nothing away; all else waits until the policy is safe. */
async function unsafePolicy(
  { proofs }: Pick<LeaseDependencies, 'proofs'>,
  { role, policy, account }: ResolvedChoice,
  people: string[],
): Promise<RequestProblem[]> {
  const unsafe = await proofs.unsafe(role, policy, account.owner, people);
  return unsafe ? [{ field: 'roleId', kind: 'forbidden', ...unsafe }] : [];
}

/** The longest emergency, where the form was not filled in yet. */
function emergencyDefault(
  resolved: ResolvedChoice | undefined,
  { emergency }: LeasePreviewRequest,
): number | undefined {
  return emergency && resolved?.policy.emergency?.maxDurationMinutes;
}

/** Who is eligible for a role, in words with the titles of the catalog. */
export async function eligiblePeople(
  people: People,
  role: RoleConfig,
): Promise<string> {
  const refs = refsOf(role.eligible).filter(ref => ref.includes(':'));
  return inWords(role.eligible, await people.names(refs));
}

/** The first problem as the error that it is. */
export function problemError(problem: RequestProblem): Error {
  const make = {
    input: inputError,
    forbidden: notAllowedError,
    missing: notFoundError,
  }[problem.kind];
  return make(problem.code as never, problem.message);
}

const KIND_OF_ERROR: Record<string, RequestProblem['kind']> = {
  NotFoundError: 'missing',
  NotAllowedError: 'forbidden',
};

const FIELD_OF_CODE: Record<string, string> = {
  'account-unknown': 'accountRef',
  'account-untrusted': 'accountRef',
  'control-plane-account': 'accountRef',
  'role-unknown': 'roleId',
  'role-not-lease': 'roleId',
};

async function resolveChoice(
  deps: Pick<LeaseDependencies, 'resolver'>,
  input: Choice,
  problems: RequestProblem[],
): Promise<ResolvedChoice | undefined> {
  try {
    return await deps.resolver.choice(input);
  } catch (error) {
    const code = codeOf(error);
    const name = (error as Error).name;
    if (!code || name === 'ServiceUnavailableError') {
      throw error;
    }
    problems.push({
      field:
        FIELD_OF_CODE[code] ??
        (code === 'profile-parameter'
          ? `profileParameters.${(error as { field?: string }).field ?? ''}`
          : 'profileId'),
      code,
      message: (error as Error).message,
      kind: KIND_OF_ERROR[name] ?? 'input',
    });
    return undefined;
  }
}

async function findBeneficiary(
  deps: Pick<LeaseDependencies, 'people'>,
  input: LeasePreviewRequest,
  problems: RequestProblem[],
): Promise<Person | undefined> {
  if (!input.beneficiary) {
    return undefined;
  }
  const found = await deps.people.find(
    input.beneficiary.toLocaleLowerCase('en-US'),
  );
  if (!found) {
    problems.push({
      field: 'beneficiary',
      code: 'beneficiary-unknown',
      message: `${input.beneficiary} is not a person in the catalog.`,
      kind: 'input',
    });
  }
  return found;
}

function checkDuration(
  role: RoleConfig | undefined,
  asked: number | undefined,
  problems: RequestProblem[],
): number {
  const max = role?.maxDurationMinutes ?? 60;
  if (asked === undefined) {
    return Math.min(role?.suggestedDurationMinutes[0] ?? 60, max);
  }
  const fits =
    Number.isInteger(asked) && asked >= MIN_DURATION_MINUTES && asked <= max;
  if (!fits && role) {
    problems.push({
      field: 'durationMinutes',
      code: 'duration-limit',
      message: `The duration must be a whole number of minutes from ${MIN_DURATION_MINUTES} to ${max} for ${role.title}.`,
      kind: 'input',
    });
  }
  return fits ? asked : max;
}

function checkStart(
  startAt: string | undefined,
  now: Millis,
  problems: RequestProblem[],
): Millis | undefined {
  if (startAt === undefined) {
    return undefined;
  }
  const start = Date.parse(startAt);
  if (start < now - MINUTE || start > now + MAX_AHEAD) {
    problems.push({
      field: 'startAt',
      code: 'invalid-input',
      message: 'The start must lie ahead, by at most 30 days.',
      kind: 'input',
    });
  }
  return start;
}

/** What the steps of a request's policy look at. The request must have been resolved. */
export function approvalFactsOf(person: Person, checked: CheckedRequest) {
  return {
    policy: checked.resolved!.policy,
    requester: person,
    beneficiary: checked.beneficiary,
    accountOwner: checked.resolved!.account.owner,
    decisions: [],
  };
}
