import { mockServices } from '@backstage/backend-test-utils';
import { unavailableError } from '../errors';
import { LeaseRow } from '../database/types';
import { AwsClients } from './aws/AwsClients';
import { BrokerCredentials } from './aws/BrokerCredentials';
import { StsBroker } from './aws/StsBroker';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';
import { CredentialBroker } from './types';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };
const HOUR = 3_600_000;

describeFederation(aWorld => {
  const issue = (
    world: FederationWorld,
    lease: LeaseRow,
    change: Parameters<FederationWorld['federation']>[0] = {},
  ) => world.federation(change).sessions.issue(MARY, lease.id, CREDENTIALS);

  const sessionOf = async (world: FederationWorld, lease: LeaseRow) =>
    (await world.database.sessions.ofLeases([lease.id]))[0];

  /** How often AWS has made credentials since, whatever became of the answer. */
  function countingIssues(world: FederationWorld): () => number {
    let issued = 0;
    const { faults } = world.sandbox;
    const strike = faults.strike.bind(faults);
    faults.strike = async (stage, service, action, accountId) => {
      issued += Number(action === 'AssumeRole' && stage === 'after');
      return strike(stage, service, action, accountId);
    };
    return () => issued;
  }

  const unanswered = (world: FederationWorld) => ({
    state: 'discarded',
    errorCode: 'aws-unavailable',
    expiresAt: world.clock.now() + HOUR,
  });

  describe.each(['drop', 'error'] as const)(
    'where STS issued and its answer was lost (%s)',
    effect => {
      const lose = (world: FederationWorld) =>
        world.sandbox.faults.inject({
          ...{ service: 'sts', action: 'AssumeRole', when: 'after', times: 1 },
          effect,
        });

      it('I3: asks no second time, and hands nothing out', async () => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const issued = countingIssues(world);
        lose(world);
        await expect(issue(world, lease)).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          code: 'aws-unavailable',
          message: expect.stringContaining('counts as live until'),
        });
        expect(issued()).toBe(1);
        expect(await world.database.leases.get(lease.id)).toEqual(lease);
        await issue(world, lease);
      });

      it('I3: the session is on record as one that may live, and is killed with its lease', async () => {
        const world = await aWorld();
        const lease = await world.activeLease();
        lose(world);
        await issue(world, lease).catch(() => {});
        const session = await sessionOf(world, lease);
        expect(session).toMatchObject(unanswered(world));
        expect(session.accessKeyId).toBeUndefined();
        expect(await world.audited()).toContainEqual({
          action: 'session.discarded',
          outcome: 'failed',
          code: 'aws-unavailable',
        });
        expect(await world.killsAsked()).toEqual([lease.id]);

        await world.end(lease);
        await world.federation().kills.kill(lease.id);
        expect(await world.killOf(lease)).toBe('probed');
        const { document } = world.sandbox.world.managedPolicy(
          'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary',
        )!.current.stored;
        expect(document.text).toContain(lease.id);
      });
    },
  );

  describe('where nothing was issued', () => {
    it('tries again what STS throttled, and issues', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = countingIssues(world);
      world.sandbox.faults.inject({
        ...{ service: 'sts', effect: 'throttle', times: 1 },
      });
      await issue(world, lease);
      expect(issued()).toBe(1);
    });

    it.each(['throttle', 'deny'] as const)(
      'records a plain no of STS as refused (%s), and leaves the lease unharmed',
      async effect => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const repair = world.sandbox.faults.inject({ service: 'sts', effect });
        await expect(issue(world, lease)).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          message: expect.stringContaining('Nothing was issued'),
        });
        expect((await sessionOf(world, lease)).state).toBe('refused');
        expect(await world.killsAsked()).toEqual([]);
        expect(await world.database.leases.get(lease.id)).toEqual(lease);
        repair();
        await issue(world, lease);
      },
    );

    it('records as refused what never reached STS', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      // Nobody listens there.
      world.config.partitions.aws!.endpoints.sts = 'http://127.0.0.1:1';
      await expect(issue(world, lease)).rejects.toMatchObject({
        code: 'aws-unavailable',
        message: expect.stringContaining('Nothing was issued'),
      });
      expect((await sessionOf(world, lease)).state).toBe('refused');
    });

    it.each<[string, () => Promise<never>]>([
      ['are not configured', () => Promise.reject(new Error('no account'))],
      [
        'cannot be renewed',
        () => Promise.reject(Object.assign(new Error('x'), { code: 'EPIPE' })),
      ],
    ])(
      'records as refused where the broker’s own credentials %s',
      async (what, fail) => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const credentials = {
          getCredentialProvider: what.includes('configured')
            ? fail
            : async () => ({ sdkCredentialProvider: fail }),
        };
        await expect(
          issue(world, lease, { credentials }),
        ).rejects.toMatchObject({ code: 'aws-unavailable' });
        expect((await sessionOf(world, lease)).state).toBe('refused');
      },
    );
  });

  it('gives up a call after the time of its partition, and asks no second time', async () => {
    const world = await aWorld();
    world.config.partitions.aws!.timeoutMs = 100;
    const lease = await world.activeLease();
    const issued = countingIssues(world);
    const release = world.sandbox.faults.inject({
      ...{ service: 'sts', effect: 'hold', when: 'after' },
    });
    await expect(issue(world, lease)).rejects.toMatchObject({
      code: 'aws-unavailable',
      message: expect.stringContaining('TimeoutError'),
    });
    release();
    expect(issued()).toBe(1);
    expect(await sessionOf(world, lease)).toMatchObject(unanswered(world));
  });

  it('gives up a call that waits too long, and counts what it may have made as live', async () => {
    const world = await aWorld();
    const { faults, url } = world.sandbox;
    const partitions = {
      aws: { brokerAccountId: '555566667777', endpoints: { sts: url } },
    };
    const issued = countingIssues(world);
    const release = faults.inject({ service: 'sts', effect: 'hold' });
    const clients = new AwsClients(partitions, world.clock);
    const broker = new StsBroker({
      clients,
      brokerCredentials: new BrokerCredentials(partitions, {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: async () => ({
            accessKeyId: 'AKIASANDBOXBROKERAWS',
            secretAccessKey: 'sandbox-broker-secret-commercial',
          }),
        }),
      }),
      clock: world.clock,
      logger: mockServices.logger.mock(),
    });
    const waiting = new AbortController();
    const asking = broker.assumeRole(
      {
        partition: 'aws',
        region: 'eu-central-1',
        roleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
        sessionName: 'mary@01K8EXAMP1E000000000000000',
        durationSeconds: 900,
      },
      waiting,
    );
    const outcome = asking.catch(error => error);
    await faults.untilHeld();
    waiting.abort();
    expect(await outcome).toMatchObject({
      code: 'aws-unavailable',
      unanswered: true,
      message: expect.stringContaining('AbortError'),
    });
    release();
    expect(issued()).toBeLessThan(2);
    clients.close();
  });

  describe('a broker of a module', () => {
    const coded = (code: 'aws-refused' | 'aws-unavailable', more = {}) =>
      Object.assign(unavailableError(code, 'No.'), more);

    it.each<[string, Error, string]>([
      ['without a code', new Error('socket hang up'), 'discarded'],
      ['that it is down', coded('aws-unavailable'), 'discarded'],
      [
        'that it is down, and that nothing was issued',
        coded('aws-unavailable', { unanswered: false }),
        'refused',
      ],
      ['that AWS refused', coded('aws-refused'), 'refused'],
      [
        'that AWS refused, and that it does not know',
        coded('aws-refused', { unanswered: true }),
        'discarded',
      ],
    ])('counts as live what may be: an error %s', async (_, error, state) => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const credentialBroker: CredentialBroker = {
        id: 'elsewhere',
        assumeRole: async () => {
          throw error;
        },
        identify: async () => ({ accountId: '555566667777' }),
      };
      await issue(world, lease, { credentialBroker }).catch(() => {});
      const session = await sessionOf(world, lease);
      expect(session).toMatchObject({
        state,
        expiresAt: world.clock.now() + HOUR,
      });
    });
  });
});
