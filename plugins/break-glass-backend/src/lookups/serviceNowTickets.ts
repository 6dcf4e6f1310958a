import { TicketValidator } from 'backstage-plugin-break-glass-node';
import { z } from 'zod';
import { boundedJson, expectOk, LookupTarget } from './boundedJson';
import { emailsOf, noSuchTicket, ticketAnswer } from './ticketAnswer';

const textSchema = z.string().nullish();

/** Of the Table API; values are texts, also of booleans. */
const tableSchema = z.object({
  result: z.array(
    z.object({
      active: textSchema,
      sys_class_name: textSchema,
      sys_created_on: textSchema,
      'assigned_to.email': textSchema,
      'opened_by.email': textSchema,
      'caller_id.email': textSchema,
    }),
  ),
});

const FIELDS =
  'number,active,sys_class_name,sys_created_on,assigned_to.email,opened_by.email,caller_id.email';

/** Asks ServiceNow. */
export function serviceNowTickets(target: LookupTarget): TicketValidator {
  return {
    id: 'service-now',
    async validate(question, { signal }) {
      // A caret joins conditions in their query language, and no encoding helps.
      if (!/^[A-Za-z0-9-]+$/.test(question.ticket)) {
        return noSuchTicket(question.ticket);
      }
      const answer = await boundedJson(
        target,
        ['api', 'now', 'table', 'task'],
        {
          sysparm_query: `number=${question.ticket}`,
          sysparm_fields: FIELDS,
          sysparm_limit: '1',
        },
        signal,
      );
      expectOk(answer);
      const [task] = tableSchema.parse(answer.body).result;
      if (!task) {
        return noSuchTicket(question.ticket);
      }
      const openedBy = task['opened_by.email'];
      // UTC, without saying so.
      const createdAt = Date.parse(
        `${(task.sys_created_on ?? '').replace(' ', 'T')}Z`,
      );
      return ticketAnswer(question, {
        open: task.active === 'true',
        incident: task.sys_class_name === 'incident',
        people: emailsOf(
          task['assigned_to.email'],
          task['caller_id.email'],
          openedBy,
        ),
        createdBy: emailsOf(openedBy)[0],
        createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
      });
    },
  };
}
