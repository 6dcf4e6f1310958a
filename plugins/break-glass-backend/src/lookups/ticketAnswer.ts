import {
  TicketAnswer,
  TicketFacts,
  TicketQuestion,
} from 'backstage-plugin-break-glass-node';

/** The rules for a ticket that a system has: it is open, and about requester or beneficiary. */
export function ticketAnswer(
  { ticket, requester, beneficiary }: TicketQuestion,
  facts: TicketFacts,
): TicketAnswer {
  if (!facts.open) {
    return {
      valid: false,
      message: `The ticket ${ticket} is closed. Give one that is open.`,
    };
  }
  const emails = [requester.email, beneficiary?.email].flatMap(email =>
    email ? [email.toLocaleLowerCase('en-US')] : [],
  );
  return emails.some(email => facts.people.includes(email))
    ? { valid: true, facts }
    : {
        valid: false,
        message: `The ticket ${ticket} is not about you or the person you help. Have one of you put on it, or give another.`,
      };
}

/** The answer for a ticket that a system does not have. */
export function noSuchTicket(ticket: string): TicketAnswer {
  return {
    valid: false,
    message: `There is no ticket ${ticket}. Check the number.`,
  };
}

/** Addresses that are there, each once, in small letters. */
export function emailsOf(...emails: unknown[]): string[] {
  const found = emails.flatMap(email =>
    typeof email === 'string' && email.includes('@')
      ? [email.toLocaleLowerCase('en-US')]
      : [],
  );
  return [...new Set(found)];
}
