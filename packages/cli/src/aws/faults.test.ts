import { AwsSandbox } from 'aws-sandbox';
import { EXIT } from '../exitCodes';
import { anActiveLease, AwsPortal, startAwsPortal } from './testing/AwsPortal';
import { secretsIn } from './testing/secrets';
import { TestContext } from './testing/TestContext';

jest.setTimeout(120_000);

type Fault = Parameters<AwsSandbox['faults']['inject']>[0];

describe('when AWS is in trouble', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
  });
  afterEach(() => portal.stop());

  const ask = () => mary.run(['credential-process', 'payroll']);
  const break_ = (fault: Fault) =>
    portal.sandbox.faults.inject({
      service: 'sts',
      action: 'AssumeRole',
      ...fault,
    });

  it.each<[string, Fault, RegExp]>([
    [
      'answers 500',
      { effect: 'error' },
      /gave no usable answer.*Nothing was handed out.*Try again/,
    ],
    [
      'throttles',
      { effect: 'throttle' },
      /did not answer usefully.*Throttling.*Nothing was issued. Try again/,
    ],
    [
      'cuts the connection',
      { effect: 'drop' },
      /gave no usable answer.*Nothing was handed out.*Try again/,
    ],
    [
      'denies the role',
      { effect: 'deny' },
      /does not trust the broker.*Nothing was issued. Ask the platform team/,
    ],
  ])(
    'pitfalls 27 and 30: it %s: the cause, the next step, no secret, and nothing issued twice',
    async (_, fault, words) => {
      const lease = await anActiveLease(portal);
      const mend = break_(fault);
      const failed = await ask();
      expect(failed.stdout).toBe('');
      expect(failed.stderr).toMatch(words);
      expect(failed.stderr).toMatch(/^break-glass: [^\n]+\n$/);
      expect(failed.exitCode).toBe(EXIT.unavailable);
      expect(secretsIn(failed.stderr)).toEqual([]);
      expect(await portal.issued(lease.id)).toEqual([]);

      mend();
      expect((await ask()).stderr).toBe('');
      await ask();
      expect(await portal.issued(lease.id)).toHaveLength(1);
    },
  );

  it('is slow: the answer comes late and once, however many wait for it', async () => {
    const lease = await anActiveLease(portal);
    const mend = break_({ effect: 'hold' });
    const asked = Array.from({ length: 5 }, () =>
      new TestContext(portal, 'mary', {}, mary.home).run([
        'credential-process',
        'payroll',
      ]),
    );
    await portal.sandbox.faults.untilHeld();
    mend();
    const answers = await Promise.all(asked);
    expect(answers.map(({ stderr }) => stderr)).toEqual(['', '', '', '', '']);
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
    expect(await portal.issued(lease.id)).toHaveLength(1);
  });

  it('has issued, but the answer was lost: the person gets one session, and is told nothing of the other', async () => {
    const lease = await anActiveLease(portal);
    break_({ effect: 'error', when: 'after', times: 1 });
    const ran = await ask();
    expect(await portal.issued(lease.id)).toHaveLength(ran.stdout ? 1 : 0);
    expect(secretsIn(ran.stderr)).toEqual([]);
  });

  it.each<[string, () => void]>([
    [
      'the database',
      () => {
        portal.clock.database = { now: () => portal.clock.now() + 60_000 };
      },
    ],
    [
      'AWS',
      () => {
        portal.awsClock.aheadMs = 60_000;
      },
    ],
  ])(
    'has %s with another clock: nothing is issued, and the person is told why',
    async (_, setApart) => {
      const lease = await anActiveLease(portal);
      setApart();
      const ran = await ask();
      expect(ran.stdout).toBe('');
      expect(ran.stderr).toMatch(/clock/);
      expect(ran.stderr).toMatch(/^break-glass: [^\n]+\n$/);
      expect(ran.exitCode).toBe(EXIT.unavailable);
      expect(await portal.issued(lease.id)).toEqual([]);
    },
  );

  /** An answer that no check of its wholeness has seen. */
  const breakAnswers = () => {
    const { session } = mary.context;
    mary.context.session = async () => {
      const found = await session();
      const fetchRoute = found.client.fetchRoute.bind(found.client);
      found.client.fetchRoute = async (name, input) =>
        name === 'createSession'
          ? new Response(
              'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n    at wJalrXUtnFEMI',
            )
          : fetchRoute(name, input);
      return found;
    };
  };

  it.each([
    ['credential-process', 'payroll'],
    ['credentials', 'payroll', '--format', 'json'],
    ['console', 'payroll', '--print'],
  ])(
    'pitfall 27: a broken answer of the portal shows nothing of itself: %s',
    async (...command) => {
      await anActiveLease(portal);
      breakAnswers();

      const ran = await mary.run(command);
      expect(ran.stdout).toBe('');
      expect(ran.stderr).toMatch(/^break-glass: Something unexpected.*\n$/);
      expect(ran.stderr).not.toMatch(/secret|wJal/);

      mary.context.env.BREAK_GLASS_DEBUG = '1';
      const asked = await mary.run(command);
      expect(asked).toMatchObject({ stdout: '', exitCode: ran.exitCode });
      expect(asked.stderr.startsWith(ran.stderr)).toBe(true);
      expect(asked.stderr).toMatch(/\nSyntaxError\n {4}at /);
      expect(asked.stderr).toMatch(/BreakGlassClient/);
      expect(asked.stderr).not.toMatch(/secret|wJal/);
    },
  );

  it('pitfall 27: credentials that no shell may have are shown nowhere', async () => {
    await anActiveLease(portal);
    const { session } = mary.context;
    mary.context.session = async () => {
      const found = await session();
      const { client } = found;
      const call = client.call.bind(client);
      client.call = (async (name: 'createSession', input: never) => {
        const answer = await call(name, input);
        if (name === 'createSession' && answer.type === 'credentials') {
          answer.credentials.sessionToken = "a'; touch /tmp/x #".padEnd(
            40,
            'A',
          );
        }
        return answer;
      }) as typeof client.call;
      return found;
    };
    const ran = await mary.run(['credentials', 'payroll']);
    expect(ran.stdout).toMatch(/^unset [A-Z_ ]+\nfalse\n$/);
    expect(ran.stderr).toMatch(/sessionToken is not of the expected form/);
    expect(ran.stderr).not.toMatch(/touch/);
    expect(ran.exitCode).toBe(EXIT.failed);
  });
});
