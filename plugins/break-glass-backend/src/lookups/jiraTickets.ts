import { TicketValidator } from 'backstage-plugin-break-glass-node';
import { z } from 'zod';
import { boundedJson, expectOk, LookupTarget } from './boundedJson';
import { emailsOf, noSuchTicket, ticketAnswer } from './ticketAnswer';

const personSchema = z.object({ emailAddress: z.string().nullish() }).nullish();

/** Of `GET /rest/api/2/issue/{key}` of Jira Cloud and Data Center. */
const issueSchema = z.object({
  fields: z.object({
    status: z.object({ statusCategory: z.object({ key: z.string() }) }),
    issuetype: z.object({ name: z.string() }).nullish(),
    assignee: personSchema,
    reporter: personSchema,
    creator: personSchema,
    created: z.string().nullish(),
  }),
});

/** Asks Jira. */
export function jiraTickets(target: LookupTarget): TicketValidator {
  return {
    id: 'jira',
    async validate(question, { signal }) {
      const answer = await boundedJson(
        target,
        ['rest', 'api', '2', 'issue', question.ticket],
        { fields: 'status,issuetype,assignee,reporter,creator,created' },
        signal,
      );
      if (answer.status === 404) {
        return noSuchTicket(question.ticket);
      }
      expectOk(answer);
      const { fields } = issueSchema.parse(answer.body);
      const createdAt = Date.parse(fields.created ?? '');
      return ticketAnswer(question, {
        open: fields.status.statusCategory.key !== 'done',
        incident: /incident/i.test(fields.issuetype?.name ?? ''),
        people: emailsOf(
          fields.assignee?.emailAddress,
          fields.reporter?.emailAddress,
        ),
        createdBy: emailsOf(fields.creator?.emailAddress)[0],
        createdAt: Number.isNaN(createdAt) ? undefined : createdAt,
      });
    },
  };
}
