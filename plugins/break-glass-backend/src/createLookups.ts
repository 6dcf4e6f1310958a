import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  ApprovalCondition,
  Clock,
  TicketValidator,
} from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from './config/types';
import { onCallCondition, openIncidentCondition, TicketChecks } from './leases';
import {
  jiraTickets,
  lookupTarget,
  pagerDutySchedule,
  plainSchedule,
  serviceNowTickets,
} from './lookups';

/** What modules brought. */
export interface LookupExtensions {
  ticketValidators?: TicketValidator[];
  approvalConditions?: ApprovalCondition[];
}

/**
 * What other systems are asked: about tickets, and for approvals without people.
 * @throws InputError where a policy names a condition that is not there, or two have one id
 */
export function createLookups(
  config: BreakGlassConfig,
  given: LookupExtensions & { clock: Clock; logger: LoggerService },
): { tickets: TicketChecks; conditions: ApprovalCondition[] } {
  const {
    clock,
    logger,
    ticketValidators = [],
    approvalConditions = [],
  } = given;
  const validators = [...configuredTickets(config), ...ticketValidators];
  const tickets = new TicketChecks(validators, clock, logger);
  const schedule = configuredSchedule(config);
  const conditions = [
    ...(schedule ? [onCallCondition(schedule, clock)] : []),
    ...(validators.length > 0 ? [openIncidentCondition(tickets)] : []),
    ...approvalConditions,
  ];
  assertConditions(config, conditions);
  return { tickets, conditions };
}

function configuredTickets({ ticket }: BreakGlassConfig): TicketValidator[] {
  if (!ticket.lookup) {
    return [];
  }
  const make = ticket.lookup.type === 'jira' ? jiraTickets : serviceNowTickets;
  return [make(lookupTarget(ticket.lookup))];
}

function configuredSchedule({ onCall }: BreakGlassConfig) {
  if (!onCall) {
    return undefined;
  }
  return onCall.type === 'pager-duty'
    ? pagerDutySchedule(
        lookupTarget(onCall, {
          scheme: 'Token token=',
          headers: { Accept: 'application/vnd.pagerduty+json;version=2' },
        }),
        onCall.schedule,
      )
    : plainSchedule(lookupTarget(onCall), onCall.schedule);
}

function assertConditions(
  { approvalPolicies }: BreakGlassConfig,
  conditions: ApprovalCondition[],
) {
  const ids = conditions.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) {
    throw new InputError(`Two approval conditions have the id '${twice}'`);
  }
  for (const policy of approvalPolicies) {
    const unknown = policy.automatic?.conditions.find(id => !ids.includes(id));
    if (unknown) {
      throw new InputError(
        `breakGlass.approvalPolicies: the policy '${policy.id}' names the condition '${unknown}', which is not there. 'on-call' takes breakGlass.onCall, 'open-incident' takes breakGlass.ticket.lookup; others come from modules`,
      );
    }
  }
}
