import { Hint } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { LeaseRow, Millis } from '../database/types';
import { LeaseDependencies } from './dependencies';

const DAY: Millis = 24 * 60 * 60_000;
/** How far back pairs of people are looked at. */
const DAYS = 90;
/** Approvals of one requester from which on an approver is told. */
const OFTEN = 3;
/** Managers above a person that are looked at. */
const MAX_LEVELS = 10;

/**
 * What an approver should weigh about themselves and the requester. It stands in
 * nobody's way: who may decide is for the approval policy to say.
 */
export async function decisionHints(
  deps: Pick<LeaseDependencies, 'database' | 'people' | 'clock'>,
  approver: Person,
  row: Pick<LeaseRow, 'requester' | 'requesterKey' | 'ticket' | 'ticketCheck'>,
): Promise<Hint[]> {
  const requester = await deps.people.find(row.requester);
  const who = requester?.displayName ?? row.requester;
  const since = deps.clock.now() - DAYS * DAY;
  const { decisions } = deps.database;
  const [given, taken, line] = await Promise.all([
    decisions.countApprovals({
      approverKey: approver.key,
      requesterKey: row.requesterKey,
      since,
    }),
    decisions.countApprovals({
      approverKey: row.requesterKey,
      requesterKey: approver.key,
      since,
    }),
    requester ? reportingLine(deps, approver, requester) : undefined,
  ]);
  return [
    ...(given >= OFTEN || (given > 0 && taken > 0)
      ? [
          {
            code: 'pair-history' as const,
            message: pairWords(given, taken, who),
          },
        ]
      : []),
    ...(line ? [{ code: 'reporting-line' as const, message: line }] : []),
    ...(row.ticketCheck === 'unconfirmed'
      ? [
          {
            code: 'ticket-unconfirmed' as const,
            message: `The ticket system did not answer when this was asked for: look at ${row.ticket} yourself.`,
          },
        ]
      : []),
  ];
}

function pairWords(given: number, taken: number, who: string): string {
  const yours = `You approved ${times(
    given,
  )} of ${who} in the last ${DAYS} days`;
  return taken > 0
    ? `${yours}, and ${who} approved ${times(
        taken,
      )} of yours. A different approver would show that nobody does it as a favour.`
    : `${yours}. A different approver would look with fresh eyes.`;
}

function times(count: number): string {
  return count === 1 ? 'one request' : `${count} requests`;
}

/** Whether one of two people reports to the other, in words. */
async function reportingLine(
  deps: Pick<LeaseDependencies, 'people'>,
  approver: Person,
  requester: Person,
): Promise<string | undefined> {
  const [aboveRequester, aboveApprover] = await Promise.all([
    managersOf(deps, requester),
    managersOf(deps, approver),
  ]);
  if (aboveRequester.includes(approver.ref)) {
    return `${requester.displayName} reports to you. An approver outside of the reporting line is more independent.`;
  }
  return aboveApprover.includes(requester.ref)
    ? `You report to ${requester.displayName}. An approver outside of the reporting line is more independent.`
    : undefined;
}

/** Refs of the people above somebody, nearest first, as far as the catalog knows. */
async function managersOf(
  deps: Pick<LeaseDependencies, 'people'>,
  person: Person,
): Promise<string[]> {
  const above: string[] = [];
  let next = person.manager;
  while (next && above.length < MAX_LEVELS && !above.includes(next)) {
    above.push(next);
    next = (await deps.people.find(next))?.manager;
  }
  return above;
}
