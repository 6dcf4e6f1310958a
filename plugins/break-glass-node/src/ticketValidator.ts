import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** A person as other systems may know them. */
export interface LookupPerson {
  /** Canonical user entity ref. */
  ref: string;
  /** Of the trusted catalog entity; absent where it has none. */
  email?: string;
}

/** What is asked about a ticket; it matches the configured pattern. */
export interface TicketQuestion {
  ticket: string;
  requester: LookupPerson;
  beneficiary?: LookupPerson;
}

/** What a ticket system says of a ticket that it has. */
export interface TicketFacts {
  open: boolean;
  /** An incident, not a change, a task or a question. */
  incident: boolean;
  /** E-mail addresses of who is on it, in small letters. */
  people: string[];
  /** Of who made it, in small letters; absent where it is not said. */
  createdBy?: string;
  /** Epoch milliseconds; absent where it is not said. */
  createdAt?: number;
}

/** Whether a ticket may stand behind a request. */
export type TicketAnswer =
  | { valid: true; facts?: TicketFacts }
  | { valid: false; /** A sentence for the requester. */ message: string };

/** Asks a ticket system. */
export interface TicketValidator {
  /** Stable id, of small letters and hyphens. */
  id: string;
  /**
   * @throws anything where the system cannot tell: that never passes silently, and
   *   what was thrown is shown to nobody.
   */
  validate(
    question: TicketQuestion,
    options: { signal: AbortSignal },
  ): Promise<TicketAnswer>;
}

/** Lets modules ask further systems about tickets; all of them must agree. */
export interface BreakGlassTicketsExtensionPoint {
  addTicketValidator(validator: TicketValidator): void;
}

/** Extension point for the validation of tickets. */
export const breakGlassTicketsExtensionPoint =
  createExtensionPoint<BreakGlassTicketsExtensionPoint>({
    id: 'break-glass.tickets',
  });
