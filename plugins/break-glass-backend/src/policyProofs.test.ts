import { Entity } from '@backstage/catalog-model';
import {
  aPendingLease,
  anActiveLease,
  aRequest,
  decisionOn,
} from './testing/aLease';
import { describeDatabases } from './testing/databases';
import { demoEntities } from './testing/demoEntities';
import { startTestPortal, TestPortal } from './testing/startTestPortal';

jest.setTimeout(60_000);

const named = (entities: Entity[], name: string) =>
  entities.find(({ metadata }) => metadata.name === name)!;
/** Makes one user the same human being as another, by address alone. */
const shareAddress = (portal: TestPortal, name: string, other: string) => {
  const { profile } = named(portal.entities, other).spec as any;
  named(portal.entities, name).spec!.profile = {
    displayName: name,
    email: profile.email.toUpperCase(),
  };
};

describeDatabases((_name, open) => {
  let portal: TestPortal | undefined;
  const start = async (options: object = {}) => {
    const { knex } = await open();
    portal = await startTestPortal({ knex, ...options });
    return portal;
  };
  afterEach(async () => {
    await portal?.stop();
    portal = undefined;
  });
  const approvals = async () => {
    const { parts } = await portal!.as('ada', 'health', {});
    return parts.find(({ name }) => name === 'approvals');
  };
  const breakGlassOn = async (person: string, name: string) => {
    const params = { kind: 'resource', namespace: 'default', name };
    const { roles } = await portal!.as(person, 'getAccount', { params });
    return roles.find(({ id }) => id === 'break-glass')!;
  };

  describe('one person with two user entities', () => {
    it('I1: approves nothing of their own, and gets nothing under a policy that they could meet alone; others do', async () => {
      const { as, refusal, clock, runTask, logs } = await start();
      const active = await anActiveLease(portal!);
      const pending = await aPendingLease(portal!, { ticket: 'SUP-2' });
      expect((await breakGlassOn('mary', 'payroll')).approvalPolicies).toEqual([
        expect.not.objectContaining({ warning: expect.anything() }),
      ]);
      expect(await approvals()).toEqual({
        name: 'approvals',
        ok: true,
        words: expect.stringMatching(
          /^Every request can be approved, .*emergency under second-admin/,
        ),
      });

      // The catalog is read at each decision: no proof has looked since.
      shareAddress(portal!, 'priya', 'mary');
      expect(await refusal('priya', 'decideLease', decisionOn(pending))).toBe(
        'self-approval',
      );

      clock.advance({ minutes: 61 });
      await runTask('break-glass-prove-policies');
      const body = aRequest({ ticket: 'SUP-3' });
      expect(await refusal('mary', 'requestLease', { body })).toBe(
        'policy-unsafe',
      );
      const preview = await as('mary', 'previewLease', { body });
      expect(preview.problems).toEqual([
        expect.objectContaining({ field: 'roleId', code: 'policy-unsafe' }),
      ]);
      expect(await refusal('daniel', 'decideLease', decisionOn(pending))).toBe(
        'policy-unsafe',
      );
      const session = {
        params: { id: active.id },
        body: { type: 'credentials' as const },
      };
      expect(await refusal('mary', 'createSession', session)).toBe(
        'policy-unsafe',
      );
      const { actions } = await as('mary', 'getLease', {
        params: { id: active.id },
      });
      expect(actions.issue.reasons.map(({ code }) => code)).toEqual([
        'policy-unsafe',
      ]);

      const words =
        /\(user:default\/mary and user:default\/priya\).*personKeyAnnotation/;
      expect(await breakGlassOn('mary', 'payroll')).toMatchObject({
        approvalPolicies: [
          {
            warning: {
              code: 'policy-unsafe',
              message: expect.stringMatching(words),
            },
          },
        ],
      });
      expect(await approvals()).toMatchObject({
        ok: false,
        words: expect.stringMatching(words),
      });
      expect(logs.filter(line => words.test(line))).not.toEqual([]);

      // Others neither ask twice nor wait for the catalog: two people stand behind theirs.
      const ofDaniel = await as('daniel', 'requestLease', {
        body: aRequest({ ticket: 'SUP-5' }),
      });
      const approved = await as('priya', 'decideLease', decisionOn(ofDaniel));
      expect(approved.status).toBe('active');

      // It is one person's alone by design, and told to everybody.
      const emergency = await as('mary', 'requestLease', {
        body: {
          ...aRequest({ ticket: 'SUP-4', durationMinutes: 15 }),
          beneficiary: undefined,
          emergency: { confirmation: active.account.title },
        },
      });
      expect(emergency.status).toBe('active');
      expect(
        await refusal('mary', 'createSession', {
          ...session,
          params: { id: emergency.id },
        }),
      ).toBeUndefined();

      // A reject takes nothing from anybody's safety.
      expect(
        await refusal('daniel', 'decideLease', decisionOn(pending, 'reject')),
      ).toBeUndefined();
      const { items } = await as('ada', 'listAudit', {
        query: { outcome: 'refused' },
      });
      expect(items.map(({ code }) => code)).toEqual([
        'policy-unsafe',
        'policy-unsafe',
        'policy-unsafe',
        'self-approval',
      ]);
    });
  });

  describe('a policy that nobody can meet', () => {
    it('is said on the account and in health, and keeps nobody from starting', async () => {
      const entities = demoEntities();
      for (const name of ['daniel', 'priya']) {
        named(entities, name).spec!.memberOf = ['platform'];
      }
      await start({ entities });

      expect(await breakGlassOn('mary', 'payroll')).toMatchObject({
        eligible: { allowed: true },
        approvalPolicies: [
          {
            warning: {
              code: 'nobody-can-approve',
              message: expect.stringContaining(
                'Nobody can approve the step Second cloud admin for you.',
              ),
            },
          },
        ],
      });
      expect(await approvals()).toMatchObject({
        ok: false,
        words: expect.stringContaining(
          'nobody can approve the step Second cloud admin for anybody',
        ),
      });
    });
  });

  it('a policy that the configuration alone shows to be impossible stops the start, with the key and the names', async () => {
    await expect(
      start({
        configure: (section: Record<string, any>) => {
          section.approvalPolicies[0].steps[0].exclude = {
            groups: ['cloud-admins'],
          };
        },
      }),
    ).rejects.toThrow(
      'breakGlass.approvalPolicies[0].steps[0].from: leaves nobody who can decide: what it names is excluded, group:default/cloud-admins',
    );
  });
});
