import { BreakGlassConfig, ProfileConfig } from '../../config/types';
import {
  ActivityEventRow,
  Database,
  EvidenceRow,
  LeaseRow,
} from '../../database/types';
import { describeDatabases } from '../../testing/databases';
import { FakeClock } from '../../testing/FakeClock';
import {
  anActiveLeaseRow,
  anActivityRow,
  anEvidenceRow,
  NOON,
} from '../../testing/rows';
import { reviewConfig } from '../collectorTesting';
import { UnderstandingService } from './UnderstandingService';

const MINUTE = 60_000;

const profile = (id: string, Action: string[]): ProfileConfig => ({
  id,
  title: `Profile ${id}`,
  description: '',
  statements: [{ Effect: 'Allow', Action, Resource: '*' }],
  managedPolicyArns: [],
  parameters: [],
  chaining: false,
  residueReviewed: false,
});

const config = {
  ...reviewConfig(),
  profiles: [
    profile('s3-kms-iam', ['s3:*']),
    profile('full', ['*']),
    profile('secrets', ['secretsmanager:GetSecretValue']),
    profile('elsewhere', ['secretsmanager:*']),
  ],
  roles: [{ id: 'break-glass', profiles: ['s3-kms-iam', 'full', 'secrets'] }],
} as unknown as BreakGlassConfig;

const SECRET: Partial<ActivityEventRow> = {
  service: 'secretsmanager',
  action: 'GetSecretValue',
  accessLevel: 'read',
  refused: true,
  errorCode: 'AccessDenied',
};

describeDatabases((_name, open) => {
  describe('UnderstandingService', () => {
    let database: Database;
    let lease: LeaseRow;

    beforeEach(async () => {
      ({ database } = await open());
      const { scope, ...row } = anActiveLeaseRow();
      const statements = [
        {
          Effect: 'Allow' as const,
          Action: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:Get*'],
          Resource: '*',
        },
        { Effect: 'Deny' as const, Action: 's3:*', Resource: 'arn:x' },
      ];
      lease = { ...row, scope: { ...scope, statements } };
      await database.leases.insert(lease);
    });

    async function understand(
      events: Array<Partial<ActivityEventRow>>,
      evidence: Partial<EvidenceRow> = {},
    ) {
      await database.activity.upsert(
        events.map(event => anActivityRow({ ...event, leaseId: lease.id })),
      );
      await database.evidence.put(
        anEvidenceRow({
          leaseId: lease.id,
          state: 'complete',
          dataEvents: 'seen',
          ...evidence,
        }),
      );
      const clock = new FakeClock(NOON);
      const service = new UnderstandingService({ config, database, clock });
      return service.understand(lease);
    }

    it('says in one sentence what was done', async () => {
      const { sentence } = await understand([
        { at: NOON },
        { action: 'DeleteBucketPolicy' },
        { ...SECRET, at: NOON + 11.5 * MINUTE },
      ]);
      expect(sentence).toBe(
        '2 changes and 1 refused call in S3 and Secrets Manager, from one network, within 12 minutes.',
      );
    });

    it('says that nothing was done once all logs are there, and not before', async () => {
      expect((await understand([])).sentence).toBe(
        'Nothing was done: the logs hold no call.',
      );
      expect((await understand([], { state: 'collecting' })).sentence).toBe(
        'No call was found so far.',
      );
    });

    it('counts by service, and says which the profile does not name', async () => {
      const { services } = await understand([
        {},
        { action: 'GetBucketPolicy', accessLevel: 'read' },
        { ...SECRET, sensitive: [{ rule: 'secret-read', why: 'It.' }] },
        { service: 'sts', action: 'GetCallerIdentity', accessLevel: 'read' },
        { service: 'sts', action: 'GetCallerIdentity', accessLevel: 'read' },
        { service: 'sts', action: 'GetCallerIdentity', accessLevel: 'read' },
      ]);
      expect(services).toEqual([
        expect.objectContaining({ service: 'sts', events: 3, inProfile: true }),
        {
          service: 's3',
          events: 2,
          writes: 1,
          refused: 0,
          sensitive: 0,
          inProfile: true,
        },
        {
          service: 'secretsmanager',
          events: 1,
          writes: 0,
          refused: 1,
          sensitive: 1,
          inProfile: false,
        },
      ]);
    });

    it('names what was refused because the profile lacks it, and the profiles of the role that have it, narrowest first', async () => {
      const { lacking } = await understand([
        SECRET,
        {
          ...SECRET,
          errorMessage: '… with an explicit deny in a session policy',
        },
        { ...SECRET, errorMessage: 'with an Explicit Deny in a boundary' },
        { ...SECRET, chained: true },
        { ...SECRET, refused: false, errorCode: undefined },
        { refused: true, errorCode: 'AccessDenied' },
      ]);
      expect(lacking).toEqual([
        {
          action: 'secretsmanager:GetSecretValue',
          calls: 2,
          profiles: [
            { id: 'secrets', title: 'Profile secrets' },
            { id: 'full', title: 'Profile full' },
          ],
        },
      ]);
    });

    it('tells used from unused permissions, and does not call unused what the trail cannot show', async () => {
      const calls = [
        {},
        { action: 'DeleteBucketPolicy', refused: true, errorCode: 'X' },
      ];
      expect((await understand(calls)).permissions).toEqual({
        used: ['s3:PutBucketPolicy'],
        unused: ['s3:DeleteBucketPolicy', 's3:Get*'],
        unseen: [],
      });
      expect(
        (await understand([], { dataEvents: 'not-seen' })).permissions,
      ).toEqual({
        used: ['s3:PutBucketPolicy'],
        unused: ['s3:DeleteBucketPolicy'],
        unseen: ['s3:Get*'],
      });
    });

    it('what was done through another role used nothing of the profile', async () => {
      const { permissions } = await understand([{ chained: true }]);
      expect(permissions.used).toEqual([]);
    });

    it('counts by network, and says which is new', async () => {
      const mark = { rule: 'new-network', why: 'It is new.' };
      const { networks } = await understand([
        { sourceIp: '192.0.2.1' },
        { sourceIp: '192.0.2.99' },
        { sourceIp: '2001:db8::1', sensitive: [mark] },
        { sourceIp: 's3.amazonaws.com' },
        { sourceIp: undefined },
      ]);
      expect(networks).toEqual([
        { network: '192.0.2.0/24', events: 2, isNew: false },
        { network: expect.stringMatching(/^2001:/), events: 1, isNew: true },
      ]);
    });

    it('counts marks by their rule, also of a rule that is gone', async () => {
      const { marks } = await understand([
        { sensitive: [{ rule: 'gone', why: 'It was marked.' }] },
        { sensitive: [{ rule: 'access-policy', why: 'It. Refused.' }] },
        { sensitive: [{ rule: 'access-policy', why: 'It changes.' }] },
      ]);
      expect(marks).toEqual([
        {
          rule: 'access-policy',
          title: 'Change of access to data',
          why: 'It changes who can reach stored data.',
          events: 2,
        },
        { rule: 'gone', title: 'gone', why: 'It was marked.', events: 1 },
      ]);
    });

    it('lists what was left behind', async () => {
      await database.residue.put(lease.id, [
        {
          leaseId: lease.id,
          key: 'a'.repeat(64),
          kind: 'principal',
          what: 'User ci',
          resource: 'ci',
          eventId: 'e',
          at: NOON,
          state: 'open',
        },
      ]);
      expect((await understand([])).residue).toEqual([
        {
          key: 'a'.repeat(64),
          kind: 'principal',
          what: 'User ci',
          resource: 'ci',
          eventId: 'e',
          at: '2026-10-01T12:00:00.000Z',
          state: 'open',
        },
      ]);
    });

    it('looks at this lease only', async () => {
      const other = anActiveLeaseRow();
      await database.leases.insert(other);
      await database.activity.upsert([anActivityRow({ leaseId: other.id })]);
      expect((await understand([])).services).toEqual([]);
    });
  });
});
