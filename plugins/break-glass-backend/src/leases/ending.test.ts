import { aPendingLease, anActiveLease, aRequest } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { demoEntities } from '../testing/demoEntities';
import {
  startTestPortal,
  tokenOf,
  TestPortal,
  TestPortalOptions,
} from '../testing/startTestPortal';

jest.setTimeout(60_000);

describeDatabases((_name, open) => {
  const portals: TestPortal[] = [];
  const start = async (options: Partial<TestPortalOptions> = {}) => {
    const knex = options.knex ?? (await open()).knex;
    const portal = await startTestPortal({ ...options, knex });
    portals.push(portal);
    return { portal, knex };
  };
  const stop = async (portal: TestPortal) => {
    portals.splice(portals.indexOf(portal), 1);
    await portal.stop();
  };
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(each => each.stop()));
  });
  const byId = (lease: { id: string }) => ({
    params: { id: lease.id },
    body: {},
  });

  describe('ending', () => {
    it('I4: can be repeated, and goes to review', async () => {
      const { portal } = await start();
      const lease = await anActiveLease(portal);

      const first = await portal.as('mary', 'endLease', byId(lease));
      const second = await portal.as('mary', 'endLease', byId(lease));

      expect(first).toMatchObject({
        status: 'ended',
        closedBy: 'user:default/mary',
        review: { state: 'collecting' },
      });
      expect(second.closedAt).toBe(first.closedAt);
    });

    it('is for the requester only', async () => {
      const { portal } = await start();
      const lease = await anActiveLease(portal);

      expect(await portal.refusal('daniel', 'endLease', byId(lease))).toBe(
        'not-requester',
      );
    });

    it('revoking is for responders and for who approved', async () => {
      const { portal } = await start();
      const lease = await anActiveLease(portal);
      const other = await anActiveLease(portal, {
        profileId: 'read-everything',
      });

      expect(await portal.refusal('priya', 'revokeLease', byId(lease))).toBe(
        'not-responder',
      );
      expect(
        (await portal.as('daniel', 'revokeLease', byId(lease))).status,
      ).toBe('revoked');
      expect(
        (await portal.as('oscar', 'revokeLease', byId(other))).closedBy,
      ).toBe('user:default/oscar');
    });

    it('pitfall 8: works after eligibility, role and limit are gone', async () => {
      const { portal, knex } = await start();
      const ended = await anActiveLease(portal);
      const revoked = await anActiveLease(portal, {
        profileId: 'read-everything',
      });
      await stop(portal);

      const { portal: later } = await start({
        knex,
        configure: section => {
          section.roles = section.roles.filter(
            (role: { id: string }) => role.id !== 'break-glass',
          );
        },
      });
      expect((await later.as('mary', 'endLease', byId(ended))).status).toBe(
        'ended',
      );
      expect(
        (await later.as('oscar', 'revokeLease', byId(revoked))).status,
      ).toBe('revoked');
    });

    it('I4: works where the requester is no longer in the catalog', async () => {
      const { portal, knex } = await start();
      const lease = await anActiveLease(portal);
      await stop(portal);
      const { portal: later } = await start({
        knex,
        entities: demoEntities().filter(
          entity => entity.metadata.name !== 'mary',
        ),
      });

      const ended = await later.as('mary', 'endLease', byId(lease));

      expect(ended).toMatchObject({
        status: 'ended',
        review: { state: 'collecting' },
      });
      expect(ended.actions.issue.allowed).toBe(false);
    });

    it('I4: works where the audit log cannot be written; the entry is kept and written later', async () => {
      const { portal, knex } = await start();
      const lease = await anActiveLease(portal);
      await knex.schema.renameTable('audit_log', 'audit_log_gone');

      const response = await portal.fetch(
        `/v1/leases/${lease.id}/end`,
        { method: 'POST', body: '{}' },
        tokenOf('mary'),
      );

      await knex.schema.renameTable('audit_log_gone', 'audit_log');
      expect(response.status).toBe(200);
      expect((await response.json()).status).toBe('ended');
    });

    it('I4: where a lease is killed is fixed with its request', async () => {
      const { portal, knex } = await start();
      const lease = await aPendingLease(portal);
      const row = await knex('leases').where({ id: lease.id }).first();
      expect(row.kill_policy_arn).toMatch(/^arn:aws:iam::\d{12}:policy\//);
      expect(row.killer_role_arn).toMatch(/^arn:aws:iam::\d{12}:role\//);
    });

    it('pitfall 11: a live lease cannot be cancelled', async () => {
      const { portal } = await start();
      const lease = await anActiveLease(portal);

      expect(await portal.refusal('mary', 'cancelLease', byId(lease))).toBe(
        'wrong-status',
      );
    });

    it('pitfall 14: the longest duration of one role, or of an emergency, is not that of another', async () => {
      const { portal } = await start();
      const refusal = (change: Parameters<typeof aRequest>[0]) =>
        portal.refusal('mary', 'requestLease', { body: aRequest(change) });
      const full = { roleId: 'break-glass-full', profileId: 'full' };
      const emergency = { confirmation: 'Payroll' };
      expect(await refusal({ ...full, durationMinutes: 61 })).toBe(
        'duration-limit',
      );
      expect(await refusal({ emergency, durationMinutes: 31 })).toBe(
        'duration-limit',
      );
      expect(await refusal({ durationMinutes: 240 })).toBeUndefined();
      expect(await refusal({ ...full, durationMinutes: 60 })).toBeUndefined();
    });

    it('pitfall 15: durations that are no whole minutes within the limit are refused with the limit', async () => {
      const { portal } = await start();
      for (const [duration, code] of [
        [0, 'duration-limit'],
        [-5, 'duration-limit'],
        [1.5, 'invalid-input'],
        ['60', 'invalid-input'],
        [null, 'invalid-input'],
        [241, 'duration-limit'],
        [7_200_000, 'duration-limit'],
      ] as const) {
        const response = await portal.fetch(
          '/v1/leases',
          {
            method: 'POST',
            body: JSON.stringify({
              accountRef: 'resource:default/payroll',
              roleId: 'break-glass',
              profileId: 's3-kms-iam',
              reason: 'x',
              ticket: 'SUP-1',
              durationMinutes: duration,
            }),
          },
          tokenOf('mary'),
        );
        const { error } = await response.json();
        expect({ duration, status: response.status, code: error.code }).toEqual(
          { duration, status: 400, code },
        );
        expect(error.message).toMatch(
          code === 'duration-limit' ? /from 5 to 240/ : /whole number/,
        );
      }
    });

    it('a request lapses by the clock, before any job has looked', async () => {
      const { portal } = await start();
      const lease = await aPendingLease(portal);

      portal.clock.advance({ hours: 8 });

      const after = await portal.as('mary', 'getLease', {
        params: { id: lease.id },
      });
      expect(after.status).toBe('lapsed');
    });
  });
});
