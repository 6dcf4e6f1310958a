import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createDatabase } from '../database';
import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, NOON } from '../testing/rows';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

describeDatabases((_name, open) => {
  let portal: TestPortal;
  /** A portal with two unused leases, whose policy lets nobody review the second. */
  const start = async () => {
    const { knex } = await open();
    const ended = {
      status: 'ended' as const,
      closedAt: NOON,
      reviewState: 'open' as const,
    };
    const leases = [anActiveLeaseRow(ended), anActiveLeaseRow(ended)];
    const [, withheld] = leases;
    const permissions = createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () =>
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission, ...rest }) => ({
              result:
                permission.name === 'break-glass.review.create' &&
                (rest as { resourceRef?: string }).resourceRef === withheld.id
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            })),
        }),
    });
    portal = await startTestPortal({ knex, permissions });
    const database = createDatabase(knex);
    for (const lease of leases) {
      await database.leases.insert(lease);
    }
    return leases;
  };
  afterEach(() => portal.stop());

  describe('accepting several leases', () => {
    it('I6, I12: a lease that the framework does not let people review is refused, and audited', async () => {
      const [, withheld] = await start();
      const { items } = await portal.as('rita', 'reviewInBulk', {
        body: { leaseIds: [withheld.id], comment: 'Never used' },
      });
      expect(items).toMatchObject([
        { leaseId: withheld.id, accepted: false, code: 'not-permitted' },
      ]);
      const audit = await portal.as('ada', 'listAudit', {
        query: { outcome: 'refused' },
      });
      expect(audit.items).toMatchObject([
        {
          actor: 'user:default/rita',
          action: 'review.accepted',
          code: 'not-permitted',
          leaseId: withheld.id,
          details: { permission: 'break-glass.review.create' },
        },
      ]);
    });

    it('I12: one that is withheld keeps no other from its verdict', async () => {
      const [free, withheld] = await start();
      const { items } = await portal.as('rita', 'reviewInBulk', {
        body: { leaseIds: [withheld.id, free.id], comment: 'Never used' },
      });
      expect(items.map(({ leaseId, code }) => [leaseId, code])).toEqual([
        [free.id, expect.not.stringContaining('not-permitted')],
        [withheld.id, 'not-permitted'],
      ]);
    });
  });
});
