import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { DeleteBucketPolicyCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { asSession, keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };
const denied = expect.objectContaining({
  name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
});

describeFederation(aWorld => {
  describe('issuing under a lease', () => {
    it('gives credentials that can do what the profile covers, and nothing else', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, CREDENTIALS);
      const aws = asSession(world, keysOf(issued));

      await aws.s3.send(
        new DeleteBucketPolicyCommand({ Bucket: 'payroll-reports' }),
      );
      await expect(
        aws.secrets.send(
          new GetSecretValueCommand({ SecretId: 'payroll/database' }),
        ),
      ).rejects.toEqual(denied);
      await expect(
        aws.ec2.send(
          new RunInstancesCommand({
            ImageId: 'ami-1',
            MinCount: 1,
            MaxCount: 1,
          }),
        ),
      ).rejects.toEqual(denied);
    });

    it('I3: names the session, its source identity and its tags after person and lease', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, CREDENTIALS);
      const session = world.sandbox.world.credential(
        keysOf(issued).accessKeyId,
      );
      expect(session).toMatchObject({
        name: `mary@${lease.id}`,
        sourceIdentity: `mary@${lease.id}`,
      });
      const { tags: given } = session as { tags: ReadonlyMap<string, string> };
      const tags = Object.fromEntries(given);
      expect(tags).toMatchObject({
        'break-glass:lease': lease.id,
        'break-glass:requester': 'user:default/mary',
        'break-glass:ticket': 'SUP-1234',
        'break-glass:residue': 'denied',
      });
      // I6: CloudTrail is a witness of the entry that announced this session.
      const [, announced] = (
        await world.database.audit.list({}, { limit: 10 })
      ).map(({ seq, hash }) => `${seq}:${hash.slice(0, 32)}`);
      expect(tags['break-glass:anchor']).toBe(announced);
    });

    it('I3: records the session and its audit entry before AWS is asked, and completes them after', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const release = world.sandbox.faults.inject({
        action: 'AssumeRole',
        effect: 'deny',
      });
      const { sessions } = world.federation();
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'broker-not-trusted' });
      release();
      await sessions.issue(MARY, lease.id, CREDENTIALS);

      const [first, second] = await world.database.sessions.ofLeases([
        lease.id,
      ]);
      expect(first).toMatchObject({
        state: 'refused',
        errorCode: 'broker-not-trusted',
        leaseVersion: lease.version,
      });
      expect(second).toMatchObject({
        state: 'issued',
        leaseVersion: lease.version,
        accessKeyId: expect.stringMatching(/^ASIA/),
        expiresAt: world.clock.now() + 3_600_000,
      });
      expect(await world.audited()).toEqual([
        { action: 'session.issuing', outcome: 'done' },
        {
          action: 'session.issue',
          outcome: 'failed',
          code: 'broker-not-trusted',
        },
        { action: 'session.issuing', outcome: 'done' },
        { action: 'session.issued', outcome: 'done' },
      ]);
    });

    it('I3: asks AWS for nothing where the session cannot be recorded', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const asked = jest.fn();
      const broken = {
        ...world.database,
        transaction: async () => {
          throw new Error('disk full');
        },
      };
      world.sandbox.faults.strike = async (_stage, _service, action) =>
        asked(action);
      await expect(
        world
          .federation({ database: broken })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toThrow('disk full');
      expect(asked).not.toHaveBeenCalled();
    });

    it('I3: throws the secret away where completing cannot be recorded', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      let transactions = 0;
      const failing = {
        ...world.database,
        transaction: (async work => {
          transactions += 1;
          if (transactions === 2) {
            throw new Error('connection lost');
          }
          return world.database.transaction(work);
        }) as typeof world.database.transaction,
      };
      await expect(
        world
          .federation({ database: failing })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'ended-while-issuing' });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session).toMatchObject({
        state: 'discarded',
        accessKeyId: expect.stringMatching(/^ASIA/),
      });
      expect(await world.killsAsked()).toEqual([lease.id]);
    });

    it('gives every call credentials of its own, also two at once', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const issued = await Promise.all([
        sessions.issue(MARY, lease.id, CREDENTIALS),
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ]);
      const keys = issued.map(each => keysOf(each).accessKeyId);
      const rows = await world.database.sessions.ofLeases([lease.id]);
      expect(rows.map(row => row.accessKeyId).sort()).toEqual(keys.sort());
      expect(new Set(keys).size).toBe(2);
    });

    it('reaches accounts that want an external id, and other partitions by their own broker', async () => {
      const world = await aWorld();
      const { sessions } = world.federation();
      for (const name of ['payments', 'gov-payroll']) {
        const accountRef = `resource:default/${name}`;
        const lease = await world.activeLease({ accountRef });
        const issued = await sessions.issue(MARY, lease.id, CREDENTIALS);
        const { accountId, region } = world.accounts.get(accountRef)!;
        const { Account } = await asSession(
          world,
          keysOf(issued),
          region,
        ).sts.send(new GetCallerIdentityCommand({}));
        expect(Account).toBe(accountId);
      }
    });

    it('says how to fix it where a role does not trust the broker', async () => {
      const world = await aWorld();
      const accountRef = 'resource:default/payments';
      const without = world.accounts.get(accountRef)!;
      world.accounts.set(accountRef, { ...without, externalId: undefined });
      const lease = await world.activeLease({ accountRef });
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'broker-not-trusted',
        message: expect.stringContaining('breakGlass.externalIds'),
      });
    });
  });
});
