import {
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { aPendingLease, decisionOn } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

describeDatabases((_name, open) => {
  const portals: TestPortal[] = [];
  const startWith = async (authorize: PermissionsService['authorize']) => {
    const permissions = createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () =>
        mockServices.permissions.mock({
          authorize,
          // What is asked without a lease: of lists.
          authorizeConditional: (requests, options) =>
            authorize(requests as never, options),
        }),
    });
    const { knex } = await open();
    const portal = await startTestPortal({ knex, permissions });
    portals.push(portal);
    return portal;
  };
  /** A portal whose policy denies these permissions, by name. */
  const startDenying = (denied: string[]) =>
    startWith(async requests =>
      requests.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
    );
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(each => each.stop()));
  });

  describe('the permission framework', () => {
    it('I12: narrows what people may do, and the refusal is audited', async () => {
      const portal = await startDenying([
        'break-glass.lease.decide',
        'break-glass.session.create',
      ]);
      const lease = await aPendingLease(portal);

      expect(
        await portal.refusal('daniel', 'decideLease', decisionOn(lease)),
      ).toBe('not-permitted');
      expect(
        await portal.refusal('mary', 'createSession', {
          params: { id: lease.id },
          body: { type: 'credentials' },
        }),
      ).toBe('not-permitted');
      const { items } = await portal.as('ada', 'listAudit', {
        query: { outcome: 'refused' },
      });
      expect(items.map(({ actor, code }) => [actor, code])).toEqual([
        ['user:default/mary', 'not-permitted'],
        ['user:default/daniel', 'not-permitted'],
      ]);
    });

    it('I4: an outage of the framework does not keep anybody from revoking', async () => {
      const portal = await startWith(async requests => {
        if (requests.some(each => each.permission.name.endsWith('revoke'))) {
          throw new Error('The permission backend is down');
        }
        return requests.map(() => ({ result: AuthorizeResult.ALLOW }));
      });
      const lease = await aPendingLease(portal);
      await portal.as('daniel', 'decideLease', decisionOn(lease));

      const revoked = await portal.as('daniel', 'revokeLease', {
        params: { id: lease.id },
        body: {},
      });

      expect(revoked.status).toBe('revoked');
    });
  });
});
