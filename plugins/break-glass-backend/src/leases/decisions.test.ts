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
  const stop = async (portal: TestPortal) => {
    portals.splice(portals.indexOf(portal), 1);
    await portal.stop();
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
      await stop(portal);

      const edits: Array<Partial<TestPortalOptions>> = [
        {
          configure: section => {
            const profile = profileOf(section, 's3-kms-iam');
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
        {
          configure: section => {
            profileOf(section, 's3-kms-iam').chaining = true;
          },
        },
        {
          entities: withAnnotation(
            'payroll',
            'amazonaws.com/account-id',
            '999988887777',
          ),
        },
        {
          entities: withAnnotation(
            'payroll',
            'amazonaws.com/region',
            'us-east-1',
          ),
        },
      ];
      for (const edit of edits) {
        const { portal: edited } = await start({ ...edit, knex });
        expect(
          await edited.refusal('daniel', 'decideLease', decisionOn(lease)),
        ).toBe('scope-drift');
        await stop(edited);
      }
    });

    it('pitfall 5: does not approve more time than the role allows by now', async () => {
      const { portal, knex } = await start();
      const lease = await aPendingLease(portal, { durationMinutes: 240 });
      await stop(portal);
      const { portal: later } = await start({
        knex,
        configure: section => {
          const role = roleOf(section, 'break-glass');
          role.maxDuration = { minutes: 30 };
          role.suggestedDurations = [{ minutes: 30 }];
        },
      });

      const { actions } = await later.as('daniel', 'getLease', {
        params: { id: lease.id },
      });
      expect(actions.decide.allowed).toBe(true);
      expect(actions.approve.reasons.map(({ code }) => code)).toEqual([
        'duration-limit',
      ]);
      expect(
        await later.refusal('daniel', 'decideLease', decisionOn(lease)),
      ).toBe('duration-limit');
      const rejected = decisionOn(lease, 'reject');
      expect((await later.as('daniel', 'decideLease', rejected)).status).toBe(
        'rejected',
      );
    });

    it('I1: an approval counts no more when the policy no longer asks that person', async () => {
      const two = (section: Record<string, any>) => {
        policyOf(section, 'second-admin').steps[0].count = 2;
      };
      const { portal, knex } = await start({ configure: two });
      const lease = await aPendingLease(portal);
      await portal.as('daniel', 'decideLease', decisionOn(lease));
      await stop(portal);
      const { portal: later } = await start({
        knex,
        configure: section => {
          two(section);
          policyOf(section, 'second-admin').steps[0].exclude = {
            users: ['daniel'],
          };
        },
      });

      const after = await later.as('priya', 'decideLease', decisionOn(lease));

      expect(after.status).toBe('pending');
    });

    it('I13: a former owner of the account approves nothing', async () => {
      const byOwner = (section: Record<string, any>) => {
        policyOf(section, 'second-admin').steps[0].from = {
          accountOwner: true,
        };
      };
      const { portal, knex } = await start({ configure: byOwner });
      const lease = await aPendingLease(portal, { beneficiary: undefined });
      await stop(portal);
      const { portal: later } = await start({
        knex,
        configure: byOwner,
        entities: demoEntities().map(entity =>
          entity.metadata.name === 'payroll' && entity.kind === 'Resource'
            ? { ...entity, spec: { ...entity.spec, owner: 'auditors' } }
            : entity,
        ),
      });

      expect(
        await later.refusal('alice', 'decideLease', decisionOn(lease)),
      ).toBe('scope-drift');
    });

    it('I11: decides nothing with a clock that is not the database’s', async () => {
      const { portal } = await start();
      const lease = await aPendingLease(portal);
      portal.clock.database = { now: () => portal.clock.now() + 31_000 };

      expect(
        await portal.refusal('daniel', 'decideLease', decisionOn(lease)),
      ).toBe('clock-skew');
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
      await stop(portal);
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

function withAnnotation(name: string, key: string, value: string): Entity[] {
  return demoEntities().map(entity =>
    entity.metadata.name === name && entity.kind === 'Resource'
      ? {
          ...entity,
          metadata: {
            ...entity.metadata,
            annotations: { ...entity.metadata.annotations, [key]: value },
          },
        }
      : entity,
  );
}

type Named = Record<string, any> & { id: string };

function named(list: Named[], id: string): Named {
  return list.find(each => each.id === id)!;
}

function profileOf(section: Record<string, any>, id: string): Named {
  return named(section.profiles, id);
}

function roleOf(section: Record<string, any>, id: string): Named {
  return named(section.roles, id);
}

function policyOf(section: Record<string, any>, id: string): Named {
  return named(section.approvalPolicies, id);
}

function without(kind: string, name: string): Entity[] {
  return demoEntities().filter(
    entity =>
      entity.kind.toLowerCase() !== kind || entity.metadata.name !== name,
  );
}
