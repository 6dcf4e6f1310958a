import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { RaisePanic } from 'backstage-plugin-break-glass-common';
import {
  anActiveLease,
  aPendingLease,
  aRequest,
  decisionOn,
} from '../../testing/aLease';
import { describeDatabases } from '../../testing/databases';
import { startTestPortal, TestPortal } from '../../testing/startTestPortal';
import { waitFor } from '../../testing/waitFor';

jest.setTimeout(60_000);

const REASON = 'Keys of this person were seen on a public page';
const MARY: RaisePanic['target'] = { kind: 'person', ref: 'user:default/mary' };
const PAYROLL: RaisePanic['target'] = {
  kind: 'account',
  ref: 'resource:default/payroll',
};
const CREDENTIALS = { body: { type: 'credentials' as const } };

describeDatabases((_name, open) => {
  const portals: TestPortal[] = [];
  const start = async (
    options: Partial<Parameters<typeof startTestPortal>[0]> = {},
  ) => {
    const { knex } = await open();
    const portal = await startTestPortal({ knex, ...options });
    portals.push(portal);
    return portal;
  };
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(each => each.stop()));
  });
  const raise = (
    portal: TestPortal,
    target: RaisePanic['target'],
    person = 'oscar',
  ) => portal.as(person, 'raisePanic', { body: { target, reason: REASON } });
  const liftAs = (portal: TestPortal, person: string, id: string) =>
    portal.refusal(person, 'liftPanic', {
      params: { id },
      body: { reason: 'The keys were rotated' },
    });
  const statusOf = async (portal: TestPortal, id: string) =>
    (await portal.as('ada', 'getLease', { params: { id } })).status;
  const issue = (portal: TestPortal, person: string, id: string) =>
    portal.refusal(person, 'createSession', { params: { id }, ...CREDENTIALS });

  describe('the panic button', () => {
    it.each([
      ['a person', MARY],
      ['an account', PAYROLL],
      ['everything', { kind: 'all' as const }],
    ])(
      'of %s revokes its leases, and stops issuing, approving and asking',
      async (_what, target) => {
        const portal = await start();
        const active = await anActiveLease(portal);
        const pending = await aPendingLease(portal, {
          profileId: 'read-everything',
        });
        await portal.as('mary', 'createSession', {
          params: { id: active.id },
          ...CREDENTIALS,
        });

        const panic = await raise(portal, target);

        expect(panic).toMatchObject({ state: 'raised', reason: REASON });
        expect(await issue(portal, 'mary', active.id)).toMatch(
          /stopped-by-panic|no-active-lease/,
        );
        expect(
          await portal.refusal('daniel', 'decideLease', decisionOn(pending)),
        ).toBe('stopped-by-panic');
        expect(
          await portal.refusal('mary', 'requestLease', { body: aRequest() }),
        ).toBe('stopped-by-panic');
        await waitFor(
          async () => (await statusOf(portal, active.id)) === 'revoked',
        );
        const lease = await portal.as('ada', 'getLease', {
          params: { id: active.id },
        });
        expect(lease.closedBy).toBe('user:default/oscar');
        expect(lease.kill).not.toBe('none');
        expect(
          (await portal.as('oscar', 'listPanics', { query: {} })).items,
        ).toEqual([expect.objectContaining({ id: panic.id, openLeases: 0 })]);
      },
    );

    it('of a person stops them under another entity of theirs, which the address gives away', async () => {
      const portal = await start();
      const active = await anActiveLease(portal, {}, 'priya', 'daniel');
      const own = await aPendingLease(portal, { ticket: 'SUP-2' }, 'priya');
      const others = await aPendingLease(portal, {}, 'daniel');
      const user = (name: string) =>
        portal.entities.find(({ metadata }) => metadata.name === name)!;
      const { email } = user('mary').spec!.profile as { email: string };
      user('priya').spec!.profile = { displayName: 'Priya', email };

      await raise(portal, MARY);

      expect(await issue(portal, 'priya', active.id)).toMatch(
        /stopped-by-panic|no-active-lease/,
      );
      expect(
        await portal.refusal('priya', 'decideLease', decisionOn(others)),
      ).toBe('stopped-by-panic');
      expect(
        await portal.refusal('daniel', 'decideLease', decisionOn(own)),
      ).toBe('stopped-by-panic');
      expect(
        await portal.refusal('priya', 'requestLease', { body: aRequest() }),
      ).toBe('stopped-by-panic');
      await waitFor(
        async () => (await statusOf(portal, active.id)) === 'revoked',
      );
    });

    it('I9: leaves everybody and everything else alone', async () => {
      const portal = await start();
      const others = await anActiveLease(portal, {}, 'priya', 'daniel');
      await raise(portal, MARY);
      await raise(portal, {
        kind: 'account',
        ref: 'resource:default/payments',
      });

      expect(await issue(portal, 'priya', others.id)).toBeUndefined();
      expect(await statusOf(portal, others.id)).toBe('active');
    });

    it('stops what is on behalf of a person, and what they would approve', async () => {
      const portal = await start();
      const forAlice = await anActiveLease(portal);
      const pending = await aPendingLease(
        portal,
        { beneficiary: undefined },
        'priya',
      );
      await raise(portal, { kind: 'person', ref: 'user:default/alice' });
      await raise(portal, { kind: 'person', ref: 'user:default/daniel' });

      expect(
        await portal.refusal('daniel', 'decideLease', decisionOn(pending)),
      ).toBe('stopped-by-panic');
      expect(
        await portal.refusal('mary', 'decideLease', decisionOn(pending)),
      ).toBeUndefined();
      await waitFor(
        async () => (await statusOf(portal, forAlice.id)) === 'revoked',
      );
    });

    it('stops standing roles', async () => {
      const portal = await start();
      const session = () =>
        portal.refusal('alice', 'createStandingSession', {
          params: { kind: 'resource', namespace: 'default', name: 'payroll' },
          body: { roleId: 'read-only', type: 'credentials' },
        });
      expect(await session()).toBeUndefined();
      await raise(portal, PAYROLL);

      expect(await session()).toBe('stopped-by-panic');
    });

    it('works on who left the catalog', async () => {
      const portal = await start();
      const lease = await anActiveLease(portal);
      const mary = portal.entities.find(
        ({ kind, metadata }) => kind === 'User' && metadata.name === 'mary',
      )!;
      // From nowhere that is trusted: to break glass she is not there.
      mary.metadata.annotations = {};
      await raise(portal, MARY);

      await waitFor(
        async () => (await statusOf(portal, lease.id)) === 'revoked',
      );
      expect(
        (await portal.as('oscar', 'listPanics', { query: {} })).items,
      ).toEqual([expect.objectContaining({ title: 'user:default/mary' })]);
    });

    it('I1: lifting takes two responders, neither of whom was stopped', async () => {
      const portal = await start({
        configure: section => {
          section.responders = {
            groups: ['incident-responders'],
            users: ['mary'],
          };
        },
      });
      const { id } = await raise(portal, MARY);

      expect(await liftAs(portal, 'daniel', id)).toBe('not-responder');
      expect(await liftAs(portal, 'mary', id)).toBe('panic-target');
      expect(await liftAs(portal, 'oscar', id)).toBeUndefined();
      expect(await liftAs(portal, 'oscar', id)).toBe('second-responder-needed');
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBe('stopped-by-panic');
      expect(await liftAs(portal, 'nadia', id)).toBeUndefined();
      expect(await liftAs(portal, 'nadia', id)).toBe('wrong-status');
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBeUndefined();
    });

    it('pitfall 1: two who ask to lift at once are one who asked and nothing lifted', async () => {
      const portal = await start();
      const { id } = await raise(portal, MARY);
      const codes = await Promise.all(
        ['oscar', 'oscar', 'oscar'].map(person => liftAs(portal, person, id)),
      );

      expect(codes.filter(code => code === undefined)).toHaveLength(1);
      const [panic] = (await portal.as('ada', 'listPanics', { query: {} }))
        .items;
      expect(panic).toMatchObject({
        state: 'lift-asked',
        liftAskedBy: { ref: 'user:default/oscar' },
      });
    });

    it('I6: every step, and every attempt, is in the audit log', async () => {
      const portal = await start();
      await portal.refusal('mary', 'raisePanic', {
        body: { target: MARY, reason: REASON },
      });
      const { id } = await raise(portal, MARY);
      await liftAs(portal, 'oscar', id);
      await liftAs(portal, 'nadia', id);
      const { items } = await portal.as('ada', 'listAudit', { query: {} });

      expect(
        items
          .filter(({ action }) => action.startsWith('panic.'))
          .map(({ actor, action, outcome, code }) => [
            actor.split('/')[1],
            action,
            outcome,
            code,
          ])
          .reverse(),
      ).toEqual([
        ['mary', 'panic.raise', 'refused', 'not-responder'],
        ['oscar', 'panic.raise', 'done', undefined],
        ['oscar', 'panic.ask-lift', 'done', undefined],
        ['nadia', 'panic.lift', 'done', undefined],
      ]);
    });

    it('I4: can be raised while the permission framework is down, and lifted only with it', async () => {
      const permissions = createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () =>
          mockServices.permissions.mock({
            authorize: async (
              requests: Array<{ permission: Pick<BasicPermission, 'name'> }>,
            ) => {
              if (
                requests.some(
                  ({ permission }) =>
                    permission.name === 'break-glass.panic.update',
                )
              ) {
                throw new Error('The permission backend is down');
              }
              return requests.map(() => ({ result: AuthorizeResult.ALLOW }));
            },
          } as never),
      });
      const portal = await start({ permissions });
      const { id } = await raise(portal, MARY);

      expect(await liftAs(portal, 'oscar', id)).toMatch(/down|500|Error/);
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBe('stopped-by-panic');
    });

    it('says on the account, and to the person, what is stopped', async () => {
      const portal = await start();
      await raise(portal, MARY);
      await raise(portal, PAYROLL);
      const params = {
        kind: 'resource',
        namespace: 'default',
        name: 'payroll',
      };

      expect((await portal.as('mary', 'me', {})).stops).toEqual([
        expect.objectContaining({ kind: 'person', title: 'Mary Novak' }),
      ]);
      expect((await portal.as('daniel', 'me', {})).stops).toEqual([]);
      expect(
        (await portal.as('daniel', 'getAccount', { params })).stops,
      ).toEqual([
        expect.objectContaining({ kind: 'account', title: 'Payroll' }),
      ]);
      expect(await portal.refusal('mary', 'listPanics', { query: {} })).toBe(
        'not-responder',
      );
    });
  });
});
