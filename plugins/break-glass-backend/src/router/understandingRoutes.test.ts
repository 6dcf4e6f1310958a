import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { breakGlassSensitiveRulesExtensionPoint } from 'backstage-plugin-break-glass-node';
import { anActiveLease } from '../testing/aLease';
import { awsAs, outcomeOf } from '../testing/awsAs';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(120_000);

const USER = 'svc-payroll-export';
const HAND_OVER = {
  profileId: 'hand-over',
  profileParameters: { user: USER },
};

/** A module that marks what the plugin does not. */
const ownRules = createBackendModule({
  pluginId: 'break-glass',
  moduleId: 'own-rules',
  register(env) {
    env.registerInit({
      deps: { sensitive: breakGlassSensitiveRulesExtensionPoint },
      async init({ sensitive }) {
        sensitive.addSensitiveRules({
          id: 'own-user',
          title: 'Own user',
          why: 'It is about a service user.',
          cases: [{ events: ['iam:CreateUser'] }],
        });
      },
    });
  },
});

describeDatabases((_name, open) => {
  let portal: TestPortal;
  beforeEach(async () => {
    const { knex } = await open();
    portal = await startTestPortal({ knex, features: [ownRules] });
  });
  afterEach(() => portal.stop());

  const of = (id: string) => ({ params: { id } });

  async function issuedUnder(id: string) {
    const issued = await portal.as('mary', 'createSession', {
      ...of(id),
      body: { type: 'credentials' },
    });
    return awsAs(portal, issued);
  }

  /** Mary makes a user with two keys, takes one back, and tries more than she may. */
  async function aHandOver() {
    const { id } = await anActiveLease(portal, HAND_OVER);
    const aws = await issuedUnder(id);
    const key = () =>
      aws.iam().send(new CreateAccessKeyCommand({ UserName: USER }));
    await aws.iam().send(new CreateUserCommand({ UserName: USER }));
    portal.clock.advance({ seconds: 1 });
    const first = (await key()).AccessKey!;
    portal.clock.advance({ seconds: 1 });
    const second = (await key()).AccessKey!;
    portal.clock.advance({ seconds: 1 });
    const AccessKeyId = first.AccessKeyId!;
    await aws
      .iam()
      .send(new DeleteAccessKeyCommand({ UserName: USER, AccessKeyId }));
    const secret = new GetSecretValueCommand({ SecretId: 'payroll/database' });
    await outcomeOf(aws.secrets().send(secret));
    await collect(id);
    return { id, secrets: [first, second].map(each => each.SecretAccessKey!) };
  }

  async function collect(id: string) {
    portal.clock.advance({ seconds: 5 });
    await portal.as('mary', 'endLease', { ...of(id), body: {} });
    await waitFor(
      async () =>
        (await portal.as('mary', 'getLease', of(id))).kill === 'probed',
    );
    portal.clock.advance({ minutes: 3 });
    await portal.sandbox.deliverNow();
    await portal.as('rita', 'collectActivity', of(id));
  }

  const understand = (id: string, person = 'rita') =>
    portal.as(person, 'getUnderstanding', of(id));

  async function verdict(id: string) {
    const { evidenceHash } = await portal.as('rita', 'listActivity', {
      ...of(id),
      query: {},
    });
    return {
      ...of(id),
      body: {
        verdict: 'accepted' as const,
        comment: 'As asked for',
        checklist: {
          ended: true,
          matchesReason: true,
          rotated: true,
          lessons: true,
        },
        followUps: [],
        evidenceHash,
      },
    };
  }

  describe('understanding over HTTP', () => {
    it('I14: what a profile with reviewed residue left behind is settled item by item before acceptance', async () => {
      const { id } = await aHandOver();
      const { residue, lacking, permissions, services, marks, sentence } =
        await understand(id);

      expect(sentence).toMatch(/^4 changes.* and 1 refused call in /);
      expect(residue.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
        'principal open',
        'credential gone',
        'credential open',
      ]);
      expect(lacking).toEqual([
        expect.objectContaining({ action: 'secretsmanager:GetSecretValue' }),
      ]);
      expect(permissions.used).toContain('iam:CreateUser');
      expect(permissions.unused).toContain('iam:DeleteUser');
      expect(services).toContainEqual(
        expect.objectContaining({
          service: 'secretsmanager',
          inProfile: false,
        }),
      );
      expect(marks.map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(['credential-creation', 'principal-creation']),
      );

      const accept = await verdict(id);
      expect(await portal.refusal('rita', 'reviewLease', accept)).toBe(
        'residue-open',
      );
      for (const { key } of residue.filter(({ state }) => state === 'open')) {
        await portal.as('rita', 'decideResidue', {
          params: { id, key },
          body: { state: 'justified', comment: 'The export needs it' },
        });
      }
      await portal.as('rita', 'reviewLease', accept);
      const after = await understand(id);
      expect(after.residue.map(({ state }) => state)).toEqual([
        'justified',
        'gone',
        'justified',
      ]);
    });

    it('pitfall 27: the secret of a key that was made is nowhere', async () => {
      const { id, secrets } = await aHandOver();
      const said = JSON.stringify([
        await understand(id),
        await portal.as('rita', 'listActivity', { ...of(id), query: {} }),
        portal.logs,
      ]);
      for (const secret of secrets) {
        expect(secret).toBeDefined();
        expect(said).not.toContain(secret);
      }
    });

    it('marks what a module’s rules say, with their titles', async () => {
      const { id } = await aHandOver();
      const { marks } = await understand(id);
      expect(marks).toContainEqual({
        rule: 'own-user',
        title: 'Own user',
        why: 'It is about a service user.',
        events: 1,
      });
    });

    it('pitfall 22: a person may understand only leases that they may read, and settle only what they may review', async () => {
      const { id } = await aHandOver();
      expect(await portal.refusal('peter', 'getUnderstanding', of(id))).toBe(
        'lease-unknown',
      );
      expect((await understand(id, 'alice')).residue).toHaveLength(3);
      const [{ key }] = (await understand(id)).residue;
      const settle = (person: string) =>
        portal.refusal(person, 'decideResidue', {
          params: { id, key },
          body: { state: 'removed', comment: 'No' },
        });
      expect(
        await Promise.all(['mary', 'daniel', 'carla'].map(settle)),
      ).toEqual(['self-review', 'not-reviewer', 'not-reviewer']);
    });
  });
});
