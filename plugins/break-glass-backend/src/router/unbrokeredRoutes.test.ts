import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createDatabase } from '../database';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { aUseRow } from '../testing/unbrokeredRows';

jest.setTimeout(60_000);

describeDatabases((_name, open) => {
  let portal: TestPortal;
  /** A portal with one use that the responders explain, whose policy denies these permissions. */
  const start = async (...denied: string[]) => {
    const { knex } = await open();
    const permissions = createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () =>
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
          // Of lists and counts.
          authorizeConditional: async requests =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        }),
    });
    portal = await startTestPortal({ knex, permissions });
    const use = aUseRow();
    await createDatabase(knex).unbrokered.insert(use);
    return { params: { id: use.id } };
  };
  afterEach(() => portal.stop());

  const body = { text: 'The portal was down' };
  const refusals = async () =>
    (
      await portal.as('ada', 'listAudit', { query: { outcome: 'refused' } })
    ).items.map(({ action, code, details, leaseId }) => ({
      action,
      code,
      details,
      leaseId,
    }));

  describe('the routes of unbrokered uses', () => {
    it('I12: what the framework does not let people read is not there', async () => {
      const of = await start('break-glass.unbrokered.read');
      expect(await portal.refusal('oscar', 'getUnbrokered', of)).toBe(
        'unbrokered-unknown',
      );
      expect(
        await portal.refusal('oscar', 'listUnbrokered', { query: {} }),
      ).toBe('not-permitted');
    });

    it('I12: what it does not let people do is refused, and audited as of the use', async () => {
      const of = await start('break-glass.unbrokered.update');
      expect(
        await portal.refusal('oscar', 'justifyUnbrokered', { ...of, body }),
      ).toBe('not-permitted');
      expect(await refusals()).toEqual([
        {
          action: 'justifyUnbrokered',
          code: 'not-permitted',
          leaseId: undefined,
          details: {
            permission: 'break-glass.unbrokered.update',
            unbrokeredId: of.params.id,
          },
        },
      ]);
    });

    it('I12: no service and no other plugin explains for a person', async () => {
      const { params } = await start();
      const post = (token: string) =>
        portal.fetch(
          `/v1/unbrokered/${params.id}/justification`,
          { method: 'POST', body: JSON.stringify(body) },
          token,
        );
      const service = await post(mockCredentials.service.token());
      const onBehalf = await post(
        mockCredentials.user.token('user:default/oscar', {
          actor: { subject: 'plugin:other' },
        }),
      );
      expect([service.status, onBehalf.status]).toEqual([403, 403]);
      expect((await refusals()).map(({ code }) => code)).toEqual([
        'on-behalf-of-token',
        'not-a-person',
      ]);
    });

    it('tells each what waits for them, and operators how far the logs were looked through', async () => {
      await start();
      const waiting = async (person: string) =>
        (await portal.as(person, 'me', {})).open.unbrokered;
      expect(await waiting('oscar')).toBe(1);
      expect(await waiting('rita')).toBe(0);
      const state = async () =>
        (await portal.as('ada', 'health', {})).parts.find(
          ({ name }) => name === 'unbrokered',
        );
      expect(await state()).toMatchObject({ ok: false });
      await portal.runTask('break-glass-unbrokered-scan');
      expect((await state())?.words).toContain('cannot be read');
      // Asking AWS who the broker is leaves a record in the logs.
      await portal.sandbox.deliverNow();
      portal.clock.advance({ minutes: 2 });
      await portal.runTask('break-glass-unbrokered-scan');
      expect((await state())?.words).toMatch(
        /aws: looked through until just now/,
      );
      portal.clock.advance({ minutes: 30 });
      expect(await state()).toMatchObject({ ok: false });
    });
  });
});
