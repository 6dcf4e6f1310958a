import { createBackendModule } from '@backstage/backend-plugin-api';
import { LeaseRequest } from 'backstage-plugin-break-glass-common';
import {
  ApprovalCondition,
  breakGlassApprovalConditionsExtensionPoint,
} from 'backstage-plugin-break-glass-node';
import { aPendingLease, aRequest } from '../../testing/aLease';
import { describeDatabases } from '../../testing/databases';
import { JsonServer, startJsonServer } from '../../testing/startJsonServer';
import { startTestPortal, TestPortal } from '../../testing/startTestPortal';

jest.setTimeout(60_000);

const KEY = 'key-of-the-other-system';

describe('approval without people, and tickets', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;
    let server: JsonServer;

    beforeEach(async () => {
      server = await startJsonServer();
    });
    afterEach(async () => {
      await portal.stop();
      await server.stop();
    });

    const start = async (
      conditions: string[] | undefined,
      change: (section: Record<string, any>) => void = () => {},
      condition?: ApprovalCondition,
    ) => {
      const { knex } = await open();
      portal = await startTestPortal({
        knex,
        features: condition ? [aModule(condition)] : [],
        configure: section => {
          section.onCall = {
            type: 'json',
            baseUrl: server.url,
            schedule: 'cloud',
            token: KEY,
          };
          section.ticket.lookup = {
            type: 'jira',
            baseUrl: server.url,
            token: KEY,
          };
          const policy = section.approvalPolicies.find(
            ({ id }: { id: string }) => id === 'second-admin',
          );
          policy.automatic = conditions && { conditions };
          change(section);
        },
      });
    };
    const give = ({
      onCall = 'mary@example.com',
      creator = 'sam@example.com',
      assignee = 'mary@example.com',
      open: isOpen = true,
      ...more
    }: Record<string, any> = {}) =>
      server.answer({
        '/schedules/cloud/on-call': { onCall: [{ email: onCall, ...more }] },
        '/rest/api/2/issue/SUP-1234': {
          fields: {
            status: { statusCategory: { key: isOpen ? 'new' : 'done' } },
            issuetype: { name: 'Incident' },
            assignee: { emailAddress: assignee },
            creator: { emailAddress: creator },
          },
        },
      });
    const audited = async (leaseId: string) => {
      const { items } = await portal.as('ada', 'listAudit', {
        query: { leaseId, action: 'lease.automatic' },
      });
      return items;
    };

    it('approves where all conditions hold, as system, with the facts, and labels the lease', async () => {
      await start(['on-call', 'open-incident']);
      give();
      const lease = await aPendingLease(portal);
      expect(lease).toMatchObject({
        status: 'active',
        approvalKind: 'automatic',
        approvalsMissing: 0,
      });
      expect(lease.decisions).toMatchObject([
        { by: 'system', verdict: 'approve', step: 'automatic' },
      ]);
      const [entry] = await audited(lease.id);
      expect(entry).toMatchObject({
        actor: 'system',
        outcome: 'done',
        details: {
          conditions: [
            { id: 'on-call', holds: true, facts: { onCall: 1 } },
            {
              id: 'open-incident',
              holds: true,
              facts: { ticket: 'SUP-1234', createdBy: 'sam@example.com' },
            },
          ],
        },
      });
      const revoked = await portal.as('daniel', 'revokeLease', {
        params: { id: lease.id },
        body: {},
      });
      expect(revoked.status).toBe('revoked');
    });

    it.each([
      ['nobody is on call but others', { onCall: 'other@example.com' }],
      ['the requester is on call by an override', { override: true }],
      ['the requester made the incident', { creator: 'mary@example.com' }],
      ['the beneficiary made the incident', { creator: 'alice@example.com' }],
    ])('I1: waits for people where %s', async (_what, change) => {
      await start(['on-call', 'open-incident']);
      give(change);
      const lease = await aPendingLease(portal);
      expect(lease).toMatchObject({
        status: 'pending',
        approvalKind: 'people',
      });
      expect((await audited(lease.id))[0].outcome).toBe('refused');
    });

    it.each([
      [
        'fails',
        () => {
          throw new Error('down');
        },
      ],
      ['answers something else', async () => ({ holds: 'yes' })],
    ])('I1: waits for people where a condition %s', async (_what, evaluate) => {
      await start(['mine'], () => {}, {
        id: 'mine',
        words: 'mine',
        evaluate: evaluate as never,
      });
      give();
      expect((await aPendingLease(portal)).status).toBe('pending');
    });

    it('I1: waits for people where the schedule is down, off for every policy that does not say so', async () => {
      await start(['on-call']);
      server.answer((path, out) => {
        out.writeHead(path.startsWith('/rest') ? 200 : 503).end(
          JSON.stringify({
            fields: {
              status: { statusCategory: { key: 'new' } },
              assignee: { emailAddress: 'mary@example.com' },
            },
          }),
        );
      });
      expect((await aPendingLease(portal)).status).toBe('pending');
      give();
      const other = await aPendingLease(portal, {
        accountRef: 'resource:default/payments',
      });
      expect(other.status).toBe('pending');
    });

    it('pitfall 39: approves nothing in a freeze, nor of somebody who was stopped', async () => {
      await start(['on-call']);
      give();
      await portal.as('oscar', 'raisePanic', {
        body: {
          target: { kind: 'person', ref: 'user:default/mary' },
          reason: 'Laptop stolen',
        },
      });
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBe('stopped-by-panic');
    });

    it('stops the start where a policy names a condition that is not there', async () => {
      await expect(start(['moon-phase'])).rejects.toThrow(
        "the condition 'moon-phase', which is not there",
      );
      await start(undefined);
    });

    const problemsOf = async (change: Partial<LeaseRequest> = {}) => {
      const { problems, warnings } = await portal.as('mary', 'previewLease', {
        body: aRequest(change),
      });
      return { problems, warnings: warnings.map(({ code }) => code) };
    };

    it('refuses a ticket that is closed, unknown or about others, in words', async () => {
      await start(undefined);
      give({ open: false });
      expect((await problemsOf()).problems).toMatchObject([
        {
          field: 'ticket',
          code: 'ticket-invalid',
          message: expect.stringContaining('is closed'),
        },
      ]);
      portal.clock.advance({ minutes: 1 });
      give({ assignee: 'other@example.com', creator: 'other@example.com' });
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBe('ticket-invalid');
      expect(
        (await problemsOf({ ticket: 'SUP-9' })).problems[0].message,
      ).toContain('There is no ticket SUP-9');
    });

    it('pitfall 33: asks nobody about what does not match the pattern', async () => {
      await start(undefined);
      give();
      await problemsOf({ ticket: '../admin' });
      expect(server.asked).toEqual([]);
    });

    it('refuses where the ticket system is down, unless it is to warn; approvers are told then', async () => {
      await start(undefined);
      server.answer((_path, out) => out.writeHead(500).end(KEY));
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBe('ticket-unconfirmed');
      expect(portal.logs.join()).not.toContain(KEY);
      await portal.stop();
      await start(undefined, section => {
        section.ticket.whenUnavailable = 'warn';
      });
      expect((await problemsOf()).warnings).toEqual(['ticket-unconfirmed']);
      const lease = await aPendingLease(portal);
      const { hints } = await portal.as('daniel', 'getLease', {
        params: { id: lease.id },
      });
      expect(hints).toMatchObject([
        {
          code: 'ticket-unconfirmed',
          message: expect.stringContaining('SUP-1234'),
        },
      ]);
    });

    it('I10: gives no page the keys of other systems', async () => {
      await start(undefined);
      const account = await portal.as('mary', 'getAccount', {
        params: { kind: 'resource', namespace: 'default', name: 'payroll' },
      });
      expect(JSON.stringify(account)).not.toContain(KEY);
    });
  });
});

function aModule(condition: ApprovalCondition) {
  return createBackendModule({
    pluginId: 'break-glass',
    moduleId: 'test-condition',
    register(env) {
      env.registerInit({
        deps: { conditions: breakGlassApprovalConditionsExtensionPoint },
        async init({ conditions }) {
          conditions.addApprovalCondition(condition);
        },
      });
    },
  });
}
