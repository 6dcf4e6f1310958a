import { LookupPerson } from 'backstage-plugin-break-glass-node';
import { Person } from '../accounts/types';
import { LeaseRow } from '../database/types';
import { LeaseDependencies } from './dependencies';
import type { RequestProblem } from './requestCheck';
import { TicketCheck } from './TicketChecks';

/** The ticket of a request, and whom it is about. */
interface TicketOf {
  ticket: string | undefined;
  requester: Person;
  beneficiary: Person | undefined;
}

const CHECKS: Record<TicketCheck['state'] | 'none', LeaseRow['ticketCheck']> = {
  confirmed: 'confirmed',
  unknown: 'unconfirmed',
  refused: undefined,
  none: undefined,
};

/** The pattern first, and only what fits it is asked about (pitfall 33). */
export async function checkTicket(
  deps: Pick<LeaseDependencies, 'config' | 'tickets'>,
  { ticket, requester, beneficiary }: TicketOf,
  problems: RequestProblem[],
): Promise<LeaseRow['ticketCheck']> {
  const rule = deps.config.ticket;
  if (!ticket) {
    if (rule.required) {
      problems.push({
        field: 'ticket',
        code: 'ticket-invalid',
        message: `Give the ticket that this is for, for example ${rule.example}.`,
        kind: 'input',
      });
    }
    return undefined;
  }
  if (!new RegExp(rule.pattern).test(ticket)) {
    problems.push({
      field: 'ticket',
      code: 'ticket-invalid',
      message: `This is not a ticket number. Write it like ${rule.example}.`,
      kind: 'input',
    });
    return undefined;
  }
  const check = await deps.tickets.check({
    ticket,
    requester: lookupPerson(requester),
    beneficiary: beneficiary && lookupPerson(beneficiary),
  });
  if (check?.state === 'refused') {
    problems.push({
      field: 'ticket',
      code: 'ticket-invalid',
      message: check.message,
      kind: 'input',
    });
  }
  if (check?.state === 'unknown' && rule.whenUnavailable === 'refuse') {
    problems.push({
      field: 'ticket',
      code: 'ticket-unconfirmed',
      message:
        'The ticket system does not answer, and without it nothing can be asked for. Try again in a minute.',
      kind: 'forbidden',
    });
  }
  return CHECKS[check?.state ?? 'none'];
}

/** A person as other systems know them. */
export function lookupPerson({ ref, email }: Person): LookupPerson {
  return { ref, email };
}
