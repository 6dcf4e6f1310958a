import { mockServices } from '@backstage/backend-test-utils';
import { unavailableError } from '../errors';
import { CheckedBroker } from './CheckedBroker';
import { describeFederation } from './testing/describeFederation';
import {
  AssumeRoleRequest,
  BrokeredCredentials,
  CredentialBroker,
} from './types';

const NOW = Date.UTC(2026, 9, 1, 12);
const SECRET = 'wJalrXUtnFEMIsecret';
const ARN =
  'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mary@01K8EXAMP1E000000000000000';
const request: AssumeRoleRequest = {
  partition: 'aws',
  region: 'eu-central-1',
  roleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
  sessionName: 'mary@01K8EXAMP1E000000000000000',
  sourceIdentity: 'mary@01K8EXAMP1E000000000000000',
  durationSeconds: 900,
};

type Answer = Partial<Omit<BrokeredCredentials, 'credentials'>> & {
  credentials?: Partial<BrokeredCredentials['credentials']>;
};

function anAnswer({ credentials, ...more }: Answer = {}): BrokeredCredentials {
  return {
    credentials: {
      accessKeyId: 'ASIAEXAMPLE000000001',
      secretAccessKey: SECRET,
      sessionToken: 'token-of-the-session',
      expiresAt: NOW + 900_000,
      ...credentials,
    },
    ...more,
  };
}

function aBroker(
  assumeRole: CredentialBroker['assumeRole'],
  answerTimeoutMs?: number,
) {
  const logger = mockServices.logger.mock();
  const broker = new CheckedBroker({
    broker: {
      id: 'elsewhere',
      assumeRole,
      identify: async () => ({ accountId: '555566667777' }),
    },
    clock: { now: () => NOW },
    logger,
    answerTimeoutMs,
  });
  return { broker, logger };
}

const answering = (answer: unknown) =>
  aBroker(async () => answer as BrokeredCredentials);

describe('CheckedBroker', () => {
  it.each<[string, Answer]>([
    ['nothing more', {}],
    ['the role and name as asked', { assumedRoleArn: ARN }],
    ['the source identity as asked', { sourceIdentity: request.sessionName }],
    [
      'an end by the clock of STS, which is 30 s ahead',
      {
        serverTime: NOW + 30_000,
        credentials: { expiresAt: NOW + 930_000 },
      },
    ],
  ])('takes an answer that says %s', async (_, change) => {
    const { broker } = answering(anAnswer(change));
    expect(await broker.assumeRole(request)).toEqual(anAnswer(change));
  });

  it.each<[string, Answer]>([
    [
      'access key id is not one of temporary',
      { credentials: { accessKeyId: 'AKIAEXAMPLE000000001' } },
    ],
    [
      'access key id is not one of temporary',
      { credentials: { accessKeyId: `ASIAEXAMPLE000000001\n${SECRET}` } },
    ],
    ['secret key or session token', { credentials: { secretAccessKey: '' } }],
    ['secret key or session token', { credentials: { sessionToken: '' } }],
    ['one that is past', { credentials: { expiresAt: NOW } }],
    ['no end', { credentials: { expiresAt: NaN } }],
    [
      'longer than the 900 s',
      { credentials: { expiresAt: NOW + 930_000 + 1 } },
    ],
    ['longer than the 900 s', { credentials: { expiresAt: Infinity } }],
    [
      'longer than the 900 s',
      {
        serverTime: NOW - 60_000,
        credentials: { expiresAt: NOW + 900_000 },
      },
    ],
    [
      'another role or session name',
      { assumedRoleArn: ARN.replace('BreakGlassAdmin', 'Admin') },
    ],
    [
      'another role or session name',
      { assumedRoleArn: ARN.replace('mary', 'mallory') },
    ],
    [
      'another role or session name',
      { assumedRoleArn: ARN.replace('111122223333', '999988887777') },
    ],
    ['another source identity', { sourceIdentity: 'mallory@x' }],
  ])('throws an answer away: %s', async (words, change) => {
    const { broker, logger } = answering(anAnswer(change));
    const error = await broker.assumeRole(request).catch(each => each);
    expect(error).toMatchObject({
      code: 'broker-answer',
      message: expect.stringContaining(words),
    });
    const seen = JSON.stringify([
      { ...error, message: error.message },
      logger.error.mock.calls,
    ]);
    expect(seen).not.toContain(SECRET);
  });

  it('never takes more than an hour, whatever was asked', async () => {
    const hours = { credentials: { expiresAt: NOW + 2 * 3_600_000 } };
    const { broker } = answering(anAnswer(hours));
    await expect(
      broker.assumeRole({ ...request, durationSeconds: 7_200 }),
    ).rejects.toThrow('longer than the 3600 s');
  });

  it.each([undefined, null, {}, { credentials: null }])(
    'takes no answer without credentials for one: %s',
    async answer => {
      await expect(
        answering(answer).broker.assumeRole(request),
      ).rejects.toMatchObject({ code: 'broker-answer' });
    },
  );

  it('notes the key that was thrown away, for the record of the session', async () => {
    const late = { credentials: { expiresAt: NOW + 5_000_000 } };
    const { broker } = answering(anAnswer(late));
    await expect(broker.assumeRole(request)).rejects.toMatchObject({
      accessKeyId: 'ASIAEXAMPLE000000001',
      expiresAt: NOW + 5_000_000,
    });
  });

  it('pitfall 27: what a broker throws without a code of ours is shown to nobody', async () => {
    const { broker, logger } = aBroker(async () => {
      throw new Error(`cannot sign with ${SECRET}`);
    });
    const error = await broker.assumeRole(request).catch(each => each);
    expect(error).toMatchObject({ code: 'aws-unavailable' });
    expect(JSON.stringify([error.message, logger.warn.mock.calls])).toContain(
      "broker 'elsewhere'",
    );
    expect(
      JSON.stringify([error.message, logger.warn.mock.calls]),
    ).not.toContain(SECRET);
  });

  it('pitfall 27: words with a code go on, without what looks like a secret', async () => {
    const { broker } = aBroker(async () => {
      throw unavailableError(
        'broker-not-trusted',
        `No trust. aws_secret_access_key=${SECRET}`,
      );
    });
    const error = await broker.assumeRole(request).catch(each => each);
    expect(error.code).toBe('broker-not-trusted');
    expect(error.message).toContain('No trust.');
    expect(error.message).not.toContain(SECRET);
  });

  it('waits for no broker without end, and tells it to stop', async () => {
    let told: AbortSignal | undefined;
    const { broker } = aBroker(async (_, { signal }) => {
      told = signal;
      return new Promise(() => {});
    }, 1);
    await expect(broker.assumeRole(request)).rejects.toMatchObject({
      code: 'aws-unavailable',
    });
    expect(told?.aborted).toBe(true);
  });
});

describeFederation(aWorld => {
  it('I3: what was thrown away is on record with its key and its end, and is killed', async () => {
    const world = await aWorld();
    const lease = await world.activeLease();
    const hours = world.clock.now() + 8 * 3_600_000;
    const credentialBroker: CredentialBroker = {
      id: 'elsewhere',
      assumeRole: async () => anAnswer({ credentials: { expiresAt: hours } }),
      identify: async () => ({ accountId: '555566667777' }),
    };
    await expect(
      world
        .federation({ credentialBroker })
        .sessions.issue({ ref: 'user:default/mary' }, lease.id, {
          type: 'credentials',
        }),
    ).rejects.toMatchObject({ code: 'broker-answer' });
    expect(await world.database.sessions.ofLeases([lease.id])).toEqual([
      expect.objectContaining({
        state: 'discarded',
        errorCode: 'broker-answer',
        accessKeyId: 'ASIAEXAMPLE000000001',
        expiresAt: hours,
      }),
    ]);
    expect(await world.killsAsked()).toEqual([lease.id]);
    expect(await world.audited()).toContainEqual({
      action: 'session.discarded',
      outcome: 'failed',
      code: 'broker-answer',
    });
  });

  describe('one access key for two sessions', () => {
    /** A broker that gives everybody the same. */
    const repeating = (expiresAt: number): CredentialBroker => ({
      id: 'elsewhere',
      assumeRole: async () => anAnswer({ credentials: { expiresAt } }),
      identify: async () => ({ accountId: '555566667777' }),
    });
    const mary = { ref: 'user:default/mary' };
    const CREDENTIALS = { type: 'credentials' as const };
    const KEY = 'ASIAEXAMPLE000000001';

    it('I3: the second gets nothing, it is on record, and an alarm names the broker', async () => {
      const world = await aWorld();
      const [first, second] = [
        await world.activeLease(),
        await world.activeLease(),
      ];
      const { sessions } = world.federation({
        credentialBroker: repeating(world.clock.now() + 900_000),
      });
      await sessions.issue(mary, first.id, CREDENTIALS);
      const refused = sessions.issue(mary, second.id, CREDENTIALS);
      await expect(refused).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'broker-answer',
        message: expect.stringMatching(/'elsewhere'.*another session/),
      });
      expect(await world.database.sessions.ofLeases([first.id])).toEqual([
        expect.objectContaining({ state: 'issued', accessKeyId: KEY }),
      ]);
      const [session] = await world.database.sessions.ofLeases([second.id]);
      expect(session).toMatchObject({
        state: 'discarded',
        errorCode: 'broker-answer',
      });
      // What the key did belongs to the first.
      expect(session.accessKeyId).toBeUndefined();
      expect(session.expiresAt).toBeGreaterThanOrEqual(
        world.clock.now() + 900_000,
      );
      const [entry] = await world.database.audit.list(
        { action: 'session.discarded' },
        { limit: 10 },
      );
      expect(entry).toMatchObject({
        outcome: 'failed',
        code: 'broker-answer',
        leaseId: second.id,
        details: { accessKeyId: KEY },
      });
      expect(await world.killsAsked()).toEqual([second.id]);
      const logged = JSON.stringify(world.logger.error.mock.calls);
      expect(logged).toContain("broker 'elsewhere'");
      expect(logged).toContain(KEY);
      expect(logged).not.toContain(SECRET);
    });

    it('I3: the key of a check of the broker is nobody’s session', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { roleArn } = lease;
      await world.database.brokerChecks.addKeys(
        lease.id,
        [{ accessKeyId: KEY, roleArn }],
        world.clock.now(),
      );
      const { sessions } = world.federation({
        credentialBroker: repeating(world.clock.now() + 900_000),
      });
      await expect(
        sessions.issue(mary, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'broker-answer',
        message: expect.stringMatching(/'elsewhere'.*a check of the broker/),
      });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session).toMatchObject({
        state: 'discarded',
        errorCode: 'broker-answer',
      });
      // What the key did belongs to the check.
      expect(session.accessKeyId).toBeUndefined();
      expect(await world.killsAsked()).toEqual([lease.id]);
      expect(await world.audited()).toContainEqual({
        action: 'session.discarded',
        outcome: 'failed',
        code: 'broker-answer',
      });
    });

    it('I3: is no lost answer where something else went wrong, too', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const late = world.clock.now() + 60_000;
      const credentialBroker: CredentialBroker = {
        ...repeating(world.clock.now() + 900_000),
        assumeRole: async () =>
          anAnswer({
            credentials: { expiresAt: world.clock.now() + 900_000 },
            serverTime: late,
          }),
      };
      await world.database.brokerChecks.addKeys(
        lease.id,
        [{ accessKeyId: KEY, roleArn: lease.roleArn }],
        world.clock.now(),
      );
      await expect(
        world
          .federation({ credentialBroker })
          .sessions.issue(mary, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'clock-skew' });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session).toMatchObject({
        state: 'discarded',
        errorCode: 'broker-answer',
      });
      const logged = JSON.stringify(world.logger.error.mock.calls);
      expect(logged).toContain('a check of the broker');
    });

    it('I3: of two at once one is issued', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation({
        credentialBroker: repeating(world.clock.now() + 900_000),
      });
      const outcomes = await Promise.allSettled(
        [1, 2, 3].map(() => sessions.issue(mary, lease.id, CREDENTIALS)),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      const rows = await world.database.sessions.ofLeases([lease.id]);
      expect(rows.map(row => [row.state, row.accessKeyId]).sort()).toEqual([
        ['discarded', undefined],
        ['discarded', undefined],
        ['issued', KEY],
      ]);
    });

    it('also what was thrown away for another reason is on record', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = world.federation({
        credentialBroker: repeating(world.clock.now() + 8 * 3_600_000),
      });
      for (const _ of [1, 2]) {
        await expect(
          sessions.issue(mary, lease.id, CREDENTIALS),
        ).rejects.toMatchObject({ code: 'broker-answer' });
      }
      const rows = await world.database.sessions.ofLeases([lease.id]);
      expect(rows.map(row => [row.state, row.accessKeyId])).toEqual([
        ['discarded', KEY],
        ['discarded', undefined],
      ]);
    });
  });

  it('bounds what a broker says of the end of what was thrown away', async () => {
    const world = await aWorld();
    const lease = await world.activeLease();
    const credentialBroker: CredentialBroker = {
      id: 'elsewhere',
      assumeRole: async () =>
        anAnswer({ credentials: { expiresAt: Number.MAX_SAFE_INTEGER } }),
      identify: async () => ({ accountId: '555566667777' }),
    };
    const { sessions } = world.federation({ credentialBroker });
    await sessions
      .issue({ ref: 'user:default/mary' }, lease.id, { type: 'credentials' })
      .catch(() => {});
    const [session] = await world.database.sessions.ofLeases([lease.id]);
    expect(session.expiresAt).toBe(world.clock.now() + 12 * 3_600_000);
  });
});
