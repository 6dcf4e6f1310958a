import {
  ApprovalCondition,
  Clock,
  LookupPerson,
} from 'backstage-plugin-break-glass-node';
import { OnCallSchedule } from '../../lookups';
import { TicketChecks } from '../TicketChecks';

/** The requester is on call, by the plan: an override does not count. */
export function onCallCondition(
  schedule: OnCallSchedule,
  clock: Clock,
): ApprovalCondition {
  return {
    id: 'on-call',
    words: 'the requester is on call',
    async evaluate({ requester }, { signal }) {
      const people = await schedule.onCall(clock.now(), signal);
      const holds = isAmong(requester, people);
      return {
        holds,
        words: holds
          ? 'The requester is on call by the plan of the schedule.'
          : 'The requester is not on call, or only by an override.',
        facts: { onCall: people.length },
      };
    },
  };
}

/** The ticket is an open incident that neither requester nor beneficiary made. */
export function openIncidentCondition(
  tickets: TicketChecks,
): ApprovalCondition {
  return {
    id: 'open-incident',
    words: 'the ticket is an open incident that somebody else made',
    async evaluate({ ticket, requester, beneficiary }) {
      const check =
        ticket && (await tickets.check({ ticket, requester, beneficiary }));
      if (!check || check.state !== 'confirmed') {
        return {
          holds: false,
          words: 'The ticket could not be confirmed.',
          facts: {},
        };
      }
      const incident = check.facts.find(facts => facts.incident && facts.open);
      if (!incident) {
        return {
          holds: false,
          words: 'The ticket is no open incident.',
          facts: {},
        };
      }
      const { createdBy } = incident;
      const own =
        createdBy === undefined ||
        [requester, ...(beneficiary ? [beneficiary] : [])].some(person =>
          isAmong(person, [createdBy]),
        );
      return {
        holds: !own,
        words: own
          ? 'The incident was made by the requester or the beneficiary, or nobody knows by whom.'
          : 'The ticket is an open incident that somebody else made.',
        facts: { ticket: ticket!, ...(createdBy && { createdBy }) },
      };
    },
  };
}

function isAmong({ email }: LookupPerson, emails: string[]): boolean {
  return !!email && emails.includes(email.toLocaleLowerCase('en-US'));
}
