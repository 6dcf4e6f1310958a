import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreatePolicyVersionCommand,
  CreateUserCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { describeDatabases } from '../testing/databases';
import { asSession, keysOf } from './testing/asSession';
import { FederationWorld, HandClock } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };

describeDatabases((_, open) => {
  const worlds: FederationWorld[] = [];
  afterEach(async () => {
    await Promise.all(worlds.splice(0).map(world => world.stop()));
  });

  async function aWorld(
    options: { sandboxClock?: HandClock } = {},
  ): Promise<FederationWorld> {
    const clock = new HandClock();
    const { database } = await open({ clock });
    const world = await FederationWorld.start(database, clock, options);
    worlds.push(world);
    return world;
  }

  const denied = expect.objectContaining({
    name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
  });

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
      const tags = Object.fromEntries(
        (session as { tags: Map<string, string> }).tags,
      );
      expect(tags).toMatchObject({
        'break-glass:lease': lease.id,
        'break-glass:requester': 'user:default/mary',
        'break-glass:ticket': 'SUP-1234',
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
      expect(await kills(world)).toEqual([lease.id]);
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

    it.each(['drop', 'error', 'throttle'] as const)(
      'says that nothing was issued where STS is down (%s), and leaves the lease unharmed',
      async effect => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const { sessions } = world.federation();
        const repair = world.sandbox.faults.inject({ service: 'sts', effect });
        await expect(
          sessions.issue(MARY, lease.id, CREDENTIALS),
        ).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          code: 'aws-unavailable',
          message: expect.stringContaining('Nothing was issued'),
        });
        expect(await world.database.leases.get(lease.id)).toEqual(lease);
        repair();
        await sessions.issue(MARY, lease.id, CREDENTIALS);
      },
    );
  });

  describe('who and when', () => {
    it('I3: gives nothing to anybody but the requester', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const as = (name: string) =>
        sessions.issue({ ref: `user:default/${name}` }, lease.id, CREDENTIALS);
      await expect(as('alice')).rejects.toMatchObject({
        code: 'not-requester',
      });
      for (const stranger of ['daniel', 'frank']) {
        await expect(as(stranger)).rejects.toMatchObject({
          code: 'lease-unknown',
        });
      }
      await expect(as('ghost')).rejects.toMatchObject({
        code: 'person-unknown',
      });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
      expect(
        (await world.audited()).map(({ outcome, code }) => [outcome, code]),
      ).toEqual([
        ['refused', 'not-requester'],
        ['refused', 'lease-unknown'],
        ['refused', 'lease-unknown'],
        ['refused', 'person-unknown'],
      ]);
    });

    it('pitfall 35: gives nothing to a requester who left the group, or the company', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const mary = world.people.get(MARY.ref)!;
      world.people.set(MARY.ref, { ...mary, groups: new Set() });
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'not-eligible' });
      world.people.delete(MARY.ref);
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'person-unknown' });
    });

    it.each([
      ['pending', { status: 'pending' as const }],
      ['ended', { status: 'ended' as const }],
      ['revoked', { status: 'revoked' as const }],
      ['rejected', { status: 'rejected' as const }],
    ])(
      'I3: gives nothing under a lease that is %s',
      async (_status, change) => {
        const world = await aWorld();
        const lease = await world.activeLease({}, change);
        await expect(
          world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
        ).rejects.toMatchObject({
          name: 'NotAllowedError',
          code: 'no-active-lease',
        });
      },
    );

    it('I3: goes by the clock, whatever a job has recorded', async () => {
      const world = await aWorld();
      const { sessions } = world.federation();
      const now = world.clock.now();
      const later = await world.activeLease({}, { activeFrom: now + 60_000 });
      await expect(
        sessions.issue(MARY, later.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'no-active-lease' });
      const lease = await world.activeLease({ minutes: 30 });
      world.clock.pass(30);
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'no-active-lease' });
    });

    it('shows the same on pages as it enforces', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation();
      const explain = async (name: string) => {
        const person = world.people.get(`user:default/${name}`)!;
        const row = (await world.database.leases.get(lease.id))!;
        const { allowed, reasons } = await sessions.explain({ row, person });
        return allowed || reasons[0].code;
      };
      expect(await explain('mary')).toBe(true);
      expect(await explain('alice')).toBe('not-requester');
      await world.end(lease);
      expect(await explain('mary')).toBe('no-active-lease');
    });

    it('pitfall 16: credentials of the last 5 minutes die with the lease', async () => {
      const world = await aWorld();
      const lease = await world.activeLease({ minutes: 60 });
      world.clock.pass(55);
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, CREDENTIALS);
      const keys = keysOf(issued);
      expect(Date.parse(keys.expiration)).toBe(lease.expiresAt);
      expect(issued.warnings).toEqual([
        expect.stringContaining('less than 15 minutes'),
      ]);
      const list = () =>
        asSession(world, keys).s3.send(new ListBucketsCommand({}));
      world.clock.pass(4);
      await list();
      world.clock.pass(1);
      await expect(list()).rejects.toEqual(denied);
      // AWS itself would take them for ten minutes more.
      await asSession(world, keys).sts.send(new GetCallerIdentityCommand({}));
    });
  });

  describe('what was approved', () => {
    it('I2: pitfall 5: issues nothing once the profile changed, and says so from then on', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      world.config.profiles[0].statements[0].Action = ['*'];
      const { sessions } = world.federation();
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ name: 'ConflictError', code: 'scope-drift' });
      const row = (await world.database.leases.get(lease.id))!;
      expect(row.issuingStopped).toContain('changed since it was approved');

      world.config.profiles[0].statements[0].Action = lease.scope.statements[0]
        .Action as string[];
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        code: 'issuing-stopped',
        message: row.issuingStopped,
      });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
      expect(await world.audited()).toEqual([
        {
          action: 'lease.issuing-stopped',
          outcome: 'done',
          code: 'scope-drift',
        },
        { action: 'session.issue', outcome: 'refused', code: 'scope-drift' },
        {
          action: 'session.issue',
          outcome: 'refused',
          code: 'issuing-stopped',
        },
      ]);
    });

    it.each<[string, (world: FederationWorld) => void]>([
      [
        'the account points to another id',
        world => {
          const ref = 'resource:default/payroll';
          const account = world.accounts.get(ref)!;
          world.accounts.set(ref, { ...account, accountId: '222233334444' });
        },
      ],
      [
        'the account is gone',
        world => world.accounts.delete('resource:default/payroll'),
      ],
      [
        'the role is another one',
        world => {
          world.config.roles[0].arn =
            'arn:${partition}:iam::${accountId}:role/Other';
        },
      ],
      [
        'the profile is gone',
        world => {
          world.config.profiles = world.config.profiles.slice(1);
        },
      ],
    ])('I2: pitfall 5: issues nothing once %s', async (_what, change) => {
      const world = await aWorld();
      const lease = await world.activeLease();
      change(world);
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'scope-drift' });
    });

    it('does not stop a lease for an outage of what it is resolved with', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { resolver } = world.dependencies();
      resolver.resolve = async () => {
        throw Object.assign(new Error('the catalog is down'), {
          name: 'ServiceUnavailableError',
        });
      };
      await expect(
        world
          .federation({ resolver })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toThrow('the catalog is down');
      const row = await world.database.leases.get(lease.id);
      expect(row?.issuingStopped).toBeUndefined();
    });
  });

  describe('ending while issuing', () => {
    /** Runs something between AssumeRole and the answer of AWS. */
    function meanwhile(world: FederationWorld, work: () => Promise<void>) {
      const { faults } = world.sandbox;
      const strike = faults.strike.bind(faults);
      faults.strike = async (stage, service, action, accountId) => {
        if (action === 'AssumeRole' && stage === 'after') {
          await work();
        }
        return strike(stage, service, action, accountId);
      };
    }

    it('pitfall 10: ended before: nothing is issued', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await world.end(lease);
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'no-active-lease' });
    });

    it.each([CREDENTIALS, { type: 'console' as const }])(
      'pitfall 10: ended between AssumeRole and the answer: thrown away and killed ($type)',
      async request => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const federation = world.federation();
        meanwhile(world, () => world.end(lease));
        await expect(
          federation.sessions.issue(MARY, lease.id, request),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          code: 'ended-while-issuing',
        });
        const [session] = await world.database.sessions.ofLeases([lease.id]);
        expect(session).toMatchObject({
          state: 'discarded',
          errorCode: 'no-active-lease',
          accessKeyId: expect.stringMatching(/^ASIA/),
        });
        expect(await kills(world)).toEqual([lease.id]);
        expect(world.wakes).toBeGreaterThan(0);
        expect(await world.audited()).toContainEqual({
          action: 'session.discarded',
          outcome: 'failed',
          code: 'no-active-lease',
        });

        // The kill that this asked for finds the session, though it was thrown away.
        await federation.kills.kill(lease.id);
        const killed = await world.database.leases.get(lease.id);
        expect(killed?.kill).toBe('probed');
      },
    );

    it('pitfall 10: expired between AssumeRole and the answer: thrown away', async () => {
      const world = await aWorld();
      const lease = await world.activeLease({ minutes: 1 });
      meanwhile(world, async () => world.clock.pass(1));
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'ended-while-issuing' });
    });
  });

  describe('clocks and the audit log', () => {
    it('pitfall 40: issues nothing while the database’s clock differs', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const database = {
        ...world.database,
        now: async () => world.clock.now() + 30_001,
      };
      await expect(
        world
          .federation({ database })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'clock-skew',
        message: expect.stringContaining('the database'),
      });
    });

    it.each([
      ['a minute', 1, 'discarded'],
      ['an hour', 60, 'discarded'],
    ])(
      'pitfall 40: hands nothing out while the clock of STS is %s ahead',
      async (_by, minutes, state) => {
        const sandboxClock = new HandClock();
        const world = await aWorld({ sandboxClock });
        sandboxClock.pass(minutes);
        const lease = await world.activeLease();
        await expect(
          world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
        ).rejects.toMatchObject({
          code: 'clock-skew',
          message: expect.stringContaining('AWS STS'),
        });
        const [session] = await world.database.sessions.ofLeases([lease.id]);
        expect(session).toMatchObject({ state, errorCode: 'clock-skew' });
      },
    );

    it('pitfall 39: issues nothing on a database that is older than its anchor', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await appendFile(
        path.join(world.directory, 'anchor.jsonl'),
        `${JSON.stringify({
          seq: 99,
          hash: 'b'.repeat(64),
          at: '2026-10-01T11:00:00.000Z',
        })}\n`,
      );
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'audit-restored' });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
    });
  });

  describe('console', () => {
    it('pitfall 29: signs in by the federation endpoint, at the page of the profile', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, { type: 'console' });
      const url = new URL((issued as { consoleUrl: string }).consoleUrl);
      expect(url.searchParams.has('SessionDuration')).toBe(false);
      expect(url.searchParams.get('Destination')).toBe(
        `${world.sandbox.consoleUrl}s3/buckets?region=eu-central-1`,
      );
      const login = await fetch(url, { redirect: 'manual' });
      expect(login.status).toBe(302);
      expect(login.headers.get('location')).toContain('/console/');
      expect(login.headers.get('set-cookie')).toBeTruthy();
    });

    it.each([
      [{ destination: 'https://evil.example/' }, 'destination-not-allowed'],
      [{ region: 'evil.example/' }, 'region-unknown'],
      [{ region: 'us-gov-west-1' }, 'region-unknown'],
    ])('pitfall 31: %j is refused before AWS is asked', async (asked, code) => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await expect(
        world
          .federation()
          .sessions.issue(MARY, lease.id, { type: 'console', ...asked }),
      ).rejects.toMatchObject({ name: 'InputError', code });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
    });

    it('throws the credentials away where the sign-in endpoint is down', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      world.config.partitions.aws!.endpoints.signIn = `${world.sandbox.url}/nowhere`;
      const { sessions } = world.federation();
      await expect(
        sessions.issue(MARY, lease.id, { type: 'console' }),
      ).rejects.toMatchObject({ code: 'aws-unavailable' });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session).toMatchObject({ state: 'discarded' });
      await sessions.issue(MARY, lease.id, CREDENTIALS);
    });
  });

  it('pitfall 36: the holder of a full lease cannot get past its end, its role or its kill', async () => {
    const world = await aWorld();
    const lease = await world.activeLease({ profileId: 'full' });
    const issued = await world
      .federation()
      .sessions.issue(MARY, lease.id, CREDENTIALS);
    const aws = asSession(world, keysOf(issued));
    const iam = 'arn:aws:iam::111122223333';
    const attempts = [
      aws.sts.send(
        new AssumeRoleCommand({
          RoleArn: `${iam}:role/DataPipeline`,
          RoleSessionName: 'on',
        }),
      ),
      aws.sts.send(
        new AssumeRoleCommand({
          RoleArn: `${iam}:role/break-glass/BreakGlassAdmin`,
          RoleSessionName: 'on',
        }),
      ),
      aws.iam.send(new CreateUserCommand({ UserName: 'backdoor' })),
      aws.iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: `${iam}:policy/break-glass/BreakGlassBoundary`,
          PolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
          SetAsDefault: true,
        }),
      ),
      aws.iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'BreakGlassAdmin',
          PolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
        }),
      ),
    ];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toEqual(denied);
    }
    await aws.s3.send(
      new GetObjectCommand({
        Bucket: 'payroll-archive',
        Key: '2025/summary.csv',
      }),
    );
  });

  describe('standing roles', () => {
    const ALICE = { ref: 'user:default/alice' };
    const PAYROLL = 'resource:default/payroll';
    const request = { ...CREDENTIALS, roleId: 'operator' };

    it('I3: records first, issues for an hour at most, and needs no lease', async () => {
      const world = await aWorld();
      const issued = await world
        .federation()
        .sessions.issueStanding(ALICE, PAYROLL, request);
      const keys = keysOf(issued);
      expect(issued.session.sessionName).toBe(`alice@${issued.session.id}`);
      expect(Date.parse(keys.expiration)).toBe(world.clock.now() + 3_600_000);
      const { Arn } = await asSession(world, keys).sts.send(
        new GetCallerIdentityCommand({}),
      );
      expect(Arn).toContain('assumed-role/Operator/alice@');
      expect((await world.audited()).map(({ action }) => action)).toEqual([
        'session.issuing',
        'session.issued',
      ]);
    });

    it('I14: without a profile no further role can be assumed', async () => {
      const world = await aWorld();
      const issued = await world
        .federation()
        .sessions.issueStanding(ALICE, PAYROLL, request);
      await expect(
        asSession(world, keysOf(issued)).sts.send(
          new AssumeRoleCommand({
            RoleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
            RoleSessionName: 'on',
          }),
        ),
      ).rejects.toEqual(denied);
    });

    it.each([
      ['not-eligible', MARY, PAYROLL, request],
      ['person-unknown', { ref: 'user:default/ghost' }, PAYROLL, request],
      ['account-unknown', ALICE, 'resource:default/other', request],
      ['role-unknown', ALICE, PAYROLL, { ...request, roleId: 'other' }],
      [
        'role-not-standing',
        ALICE,
        PAYROLL,
        { ...request, roleId: 'break-glass' },
      ],
      ['profile-unknown', ALICE, PAYROLL, { ...request, profileId: 'other' }],
      [
        'profile-not-allowed',
        ALICE,
        PAYROLL,
        { ...request, profileId: 'full' },
      ],
      [
        'control-plane-account',
        ALICE,
        'resource:default/developer-portal',
        request,
      ],
    ])('refuses with %s', async (code, caller, accountRef, asked) => {
      const world = await aWorld();
      await expect(
        world.federation().sessions.issueStanding(caller, accountRef, asked),
      ).rejects.toMatchObject({ code });
      expect(await world.audited()).toEqual([
        { action: 'session.issue', outcome: 'refused', code },
      ]);
    });

    it('pitfall 40: issues nothing while clocks differ', async () => {
      const world = await aWorld();
      const database = { ...world.database, now: async () => 0 };
      await expect(
        world
          .federation({ database })
          .sessions.issueStanding(ALICE, PAYROLL, request),
      ).rejects.toMatchObject({ code: 'clock-skew' });
    });
  });
});

async function kills(world: FederationWorld): Promise<string[]> {
  const due = await world.database.outbox.claim(world.clock.now(), 100, 1_000);
  return due.flatMap(({ message }) =>
    message.kind === 'kill' ? [message.leaseId] : [],
  );
}
