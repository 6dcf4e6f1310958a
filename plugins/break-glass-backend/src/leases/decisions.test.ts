import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { aPendingLease, anActiveLease, decisionOn } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { demoEntities, withRelations } from '../testing/demoEntities';
import {
  startTestPortal,
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
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(each => each.stop()));
  });

  describe('deciding', () => {
    it('makes a lease active with the approval of one other admin', async () => {
      const { portal } = await start();

      const lease = await anActiveLease(portal);

      expect(lease).toMatchObject({
        status: 'active',
        activeFrom: '2026-10-01T12:00:00.000Z',
        expiresAt: '2026-10-01T14:00:00.000Z',
        decisions: [{ by: 'user:default/daniel', verdict: 'approve' }],
      });
    });

    it('pitfall 1: of 50 approvers at once, one decides, and the record names them', async () => {
      const { portal } = await start({ entities: withAdmins(50) });
      const lease = await aPendingLease(portal);

      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          portal
            .as(
              `admin${index}`,
              'decideLease',
              decisionOn(lease, index % 2 ? 'approve' : 'reject'),
            )
            .then(
              detail => ({ index, status: detail.status as string }),
              () => undefined,
            ),
        ),
      );

      const winners = answers.filter(answer => answer !== undefined);
      expect(winners).toHaveLength(1);
      const after = await portal.as('daniel', 'getLease', {
        params: { id: lease.id },
      });
      expect(after.decisions.map(each => each.by)).toEqual([
        `user:default/admin${winners[0].index}`,
      ]);
      expect(after.status).toBe(winners[0].index % 2 ? 'active' : 'rejected');
      const { items } = await portal.as('ada', 'listAudit', {
        query: { action: 'lease.decide', outcome: 'done' },
      });
      expect(items).toHaveLength(1);
    });

    it('pitfall 2: refuses approval after the request lapsed, was rejected or was cancelled', async () => {
      const { portal } = await start();
      const rejected = await aPendingLease(portal);
      await portal.as('daniel', 'decideLease', decisionOn(rejected, 'reject'));
      const cancelled = await aPendingLease(portal);
      await portal.as('mary', 'cancelLease', {
        params: { id: cancelled.id },
        body: {},
      });
      const lapsed = await aPendingLease(portal);

      expect(
        await portal.refusal('priya', 'decideLease', decisionOn(rejected)),
      ).toBe('wrong-status');
      expect(
        await portal.refusal('priya', 'decideLease', decisionOn(cancelled)),
      ).toBe('wrong-status');
      portal.clock.advance({ hours: 9 });
      expect(
        await portal.refusal('priya', 'decideLease', decisionOn(lapsed)),
      ).toBe('lapsed');
    });

    it('pitfall 3: refuses requester, former admin, beneficiary and service, and audits each', async () => {
      const { portal } = await start();
      const lease = await aPendingLease(portal, {
        beneficiary: 'user:default/priya',
      });
      const decision = decisionOn(lease);

      expect(await portal.refusal('mary', 'decideLease', decision)).toBe(
        'self-approval',
      );
      expect(await portal.refusal('frank', 'decideLease', decision)).toBe(
        'lease-unknown',
      );
      expect(await portal.refusal('rita', 'decideLease', decision)).toBe(
        'not-approver',
      );
      expect(await portal.refusal('priya', 'decideLease', decision)).toBe(
        'beneficiary-approval',
      );
      const response = await portal.fetch(
        `/v1/leases/${lease.id}/decisions`,
        { method: 'POST', body: JSON.stringify(decision.body) },
        mockCredentials.service.token(),
      );
      expect(response.status).toBe(403);
      expect((await response.json()).error.code).toBe('not-a-person');

      const { items } = await portal.as('ada', 'listAudit', {
        query: { outcome: 'refused' },
      });
      expect(items.map(each => each.code).reverse()).toEqual([
        'self-approval',
        'lease-unknown',
        'not-approver',
        'beneficiary-approval',
        'not-a-person',
      ]);
      const after = await portal.as('daniel', 'getLease', {
        params: { id: lease.id },
      });
      expect(after.status).toBe('pending');
    });

    it('pitfall 4: the body of a decision can change nothing of the lease', async () => {
      const { portal } = await start();
      const lease = await aPendingLease(portal);
      const { params, body } = decisionOn(lease);
      for (const more of [
        { durationMinutes: 240 },
        { roleId: 'break-glass-full' },
        { requester: 'user:default/daniel' },
        { status: 'active' },
        { approver: 'user:default/priya' },
      ]) {
        const input = { params, body: { ...body, ...more } };
        expect(await portal.refusal('daniel', 'decideLease', input)).toBe(
          'invalid-input',
        );
      }
      const longer = { ...body, term: { durationMinutes: 240 } };
      expect(
        await portal.refusal('daniel', 'decideLease', { params, body: longer }),
      ).toBe('stale-scope');
      const other = { ...body, scopeHash: 'f'.repeat(64) };
      expect(
        await portal.refusal('daniel', 'decideLease', { params, body: other }),
      ).toBe('stale-scope');
    });

    it('pitfall 5: does not approve a request whose profile, role or mapping was edited since', async () => {
      const { portal, knex } = await start();
      const lease = await aPendingLease(portal);
      await portal.stop();
      portals.splice(portals.indexOf(portal), 1);

      const edits: Array<Partial<TestPortalOptions>> = [
        {
          configure: section => {
            const profile = section.profiles.find(
              (each: { id: string }) => each.id === 's3-kms-iam',
            );
            profile.statements[0].Action = 's3:*';
          },
        },
        {
          configure: section => {
            for (const role of section.roles) {
              role.arn = role.arn.replace('BreakGlassAdmin', 'Other');
            }
          },
        },
        { entities: withAccountId('payroll', '999988887777') },
      ];
      for (const edit of edits) {
        const { portal: edited } = await start({ ...edit, knex });
        expect(
          await edited.refusal('daniel', 'decideLease', decisionOn(lease)),
        ).toBe('scope-drift');
        await edited.stop();
        portals.splice(portals.indexOf(edited), 1);
      }
    });

    it('pitfall 6: a decision that is sent twice counts once', async () => {
      const { portal } = await start();
      const lease = await aPendingLease(portal);

      const codes = await Promise.all([
        portal.refusal('daniel', 'decideLease', decisionOn(lease)),
        portal.refusal('daniel', 'decideLease', decisionOn(lease)),
      ]);

      expect(codes.filter(code => code === undefined)).toHaveLength(1);
      expect(codes).toContain('already-decided');
      const after = await portal.as('daniel', 'getLease', {
        params: { id: lease.id },
      });
      expect(after.decisions).toHaveLength(1);
    });

    it('pitfall 35: who left the group, or is gone, decides nothing with a token that is still valid', async () => {
      const { portal, knex } = await start();
      const lease = await aPendingLease(portal);
      await portal.stop();
      portals.splice(portals.indexOf(portal), 1);
      const { portal: later } = await start({
        knex,
        entities: without('user', 'daniel'),
      });

      expect(
        await later.refusal('daniel', 'decideLease', decisionOn(lease)),
      ).toBe('person-unknown');
    });

    it('pitfall 35: a plugin that holds a person’s token decides, issues, ends and reviews nothing', async () => {
      const { portal } = await start();
      const lease = await aPendingLease(portal);
      const token = mockCredentials.user.token('user:default/daniel', {
        actor: { subject: 'plugin:other' },
      } as never);
      for (const path of [
        'decisions',
        'sessions',
        'end',
        'revoke',
        'reviews',
      ]) {
        const response = await portal.fetch(
          `/v1/leases/${lease.id}/${path}`,
          { method: 'POST', body: JSON.stringify(decisionOn(lease).body) },
          token,
        );
        expect(response.status).toBe(403);
        expect((await response.json()).error.code).toBe('on-behalf-of-token');
      }
    });
  });
});

function withAdmins(count: number): Entity[] {
  const entities = demoEntities();
  const daniel = entities.find(each => each.metadata.name === 'daniel')!;
  const admins = Array.from({ length: count }, (_, index) => ({
    ...daniel,
    metadata: { ...daniel.metadata, name: `admin${index}` },
    spec: {
      ...daniel.spec,
      profile: { displayName: `Admin ${index}` },
    },
  }));
  return withRelations([...entities, ...admins]);
}

function withAccountId(name: string, accountId: string): Entity[] {
  return demoEntities().map(entity =>
    entity.metadata.name === name && entity.kind === 'Resource'
      ? {
          ...entity,
          metadata: {
            ...entity.metadata,
            annotations: {
              ...entity.metadata.annotations,
              'amazonaws.com/account-id': accountId,
            },
          },
        }
      : entity,
  );
}

function without(kind: string, name: string): Entity[] {
  return demoEntities().filter(
    entity =>
      entity.kind.toLowerCase() !== kind || entity.metadata.name !== name,
  );
}
