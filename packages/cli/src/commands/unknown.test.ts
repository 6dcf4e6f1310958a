import { AwsPortal, startAwsPortal } from '../aws/testing/AwsPortal';
import { Ran, TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

const NO_LEASE = '01JZZZZZZZZZZZZZZZZZZZZZZZ';
const SEE_STATUS = /See: break-glass status\n$/;
const ASKED = '--ticket SUP-1 --duration 1h --reason Look --yes';

/** A name that is none: one line that says it, and what to do next. */
function expectWords(ran: Ran, name: string, next: RegExp): void {
  expect(ran.stderr).toMatch(/^break-glass: [^\n]+\n$/);
  expect(ran.stderr).toContain(name);
  expect(ran.stderr).toMatch(next);
  expect(ran.stdout).not.toContain('ASIA');
}

describe('a name that is none', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  beforeAll(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
  });
  afterAll(() => portal.stop());

  it.each([
    'console nowhere --print',
    'credentials nowhere',
    'credential-process nowhere',
    'exec nowhere -- true',
    'configure nowhere',
    `request nowhere --role break-glass --profile full ${ASKED}`,
  ])('of an account: %s', async words => {
    const ran = await mary.run(words.split(' '));

    expect(ran.exitCode).toBe(EXIT.usage);
    expectWords(ran, '"nowhere" is no account', /See: break-glass accounts\n$/);
  });

  it.each(['console pay --print', 'credentials pay', 'configure pay'])(
    'that is near to some: %s',
    async words => {
      const ran = await mary.run(words.split(' '));

      expect(ran.exitCode).toBe(EXIT.usage);
      expectWords(
        ran,
        '"pay" is no account',
        /Did you mean .*resource:default\/payroll \(Payroll\)/,
      );
    },
  );

  it.each(['end nowhere', 'status nowhere'])(
    'of an account or a lease: %s',
    async words => {
      const ran = await mary.run(words.split(' '));

      expect(ran.exitCode).toBe(EXIT.usage);
      expectWords(ran, '"nowhere" is neither', SEE_STATUS);
    },
  );

  it.each([
    ['approve nowhere', EXIT.usage, '"nowhere"', SEE_STATUS],
    ['reject nowhere', EXIT.usage, '"nowhere"', SEE_STATUS],
    ['console --lease nowhere', EXIT.usage, '"nowhere"', SEE_STATUS],
    [
      `credentials payroll --lease ${NO_LEASE}`,
      EXIT.noLease,
      NO_LEASE,
      /Run: break-glass status\n$/,
    ],
    [
      `console payroll --lease ${NO_LEASE}`,
      EXIT.noLease,
      NO_LEASE,
      /Run: break-glass status\n$/,
    ],
    [`status ${NO_LEASE}`, EXIT.refused, NO_LEASE, SEE_STATUS],
    [`end ${NO_LEASE}`, EXIT.refused, NO_LEASE, SEE_STATUS],
    [`approve ${NO_LEASE} --yes`, EXIT.refused, NO_LEASE, SEE_STATUS],
    [`console --lease ${NO_LEASE}`, EXIT.refused, NO_LEASE, SEE_STATUS],
  ])('of a lease: %s', async (words, exitCode, name, next) => {
    const ran = await mary.run(words.split(' '));

    expect(ran.exitCode).toBe(exitCode);
    expectWords(ran, name, next);
  });

  it('keeps the portal that was chosen in what to do next', async () => {
    const chosen = ['--portal', 'https://other.example.com'];
    for (const words of [
      ['status', NO_LEASE],
      ['end', NO_LEASE],
      ['end', 'nowhere'],
    ]) {
      const ran = await mary.run([...words, ...chosen]);
      expect(ran.stderr).toContain(`break-glass status ${chosen.join(' ')}\n`);
    }
    delete mary.context.env.BREAK_GLASS_PORTAL;
  });

  it.each([
    ['console payroll --profile king', EXIT.usage, /There are: .*s3-kms-iam/],
    ['exec payroll --profile king -- true', EXIT.usage, /There are: .*full/],
    ['configure payroll --profile king', EXIT.refused, /There are: break-/],
    [
      `request payroll --role break-glass --profile king ${ASKED}`,
      EXIT.usage,
      /s3-kms-iam/,
    ],
  ])('of a profile: %s', async (words, exitCode, next) => {
    const ran = await mary.run(words.split(' '));

    expect(ran.exitCode).toBe(exitCode);
    expectWords(ran, 'king', next);
  });
});
