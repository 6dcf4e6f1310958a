import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  aPendingLease,
  anActiveLease,
  AwsPortal,
  startAwsPortal,
} from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

const OTHER = 'https://other.example.com';

/** A standing role that allows one profile alone. */
function limitReadOnly(section: any): void {
  section.roles.find(({ id }: any) => id === 'read-only').profiles = [
    'read-everything',
  ];
}

describe('console', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  let alice: TestContext;
  beforeEach(async () => {
    portal = await startAwsPortal({ configure: limitReadOnly });
    mary = new TestContext(portal);
    alice = new TestContext(portal, 'alice');
  });
  afterEach(() => portal.stop());

  const open = (...words: string[]) =>
    mary.run(['console', ...words, '--print']);

  it('says of an account for what a request waits, and runs nothing', async () => {
    const { id } = await aPendingLease(portal);

    expect(await open('payroll')).toEqual({
      exitCode: EXIT.noLease,
      stdout: '',
      stderr: `break-glass: Your lease ${id} on Payroll waits for 1 more approval. Run: break-glass status ${id}\n`,
    });
  });

  it('names what is wrong with an account, before anything else', async () => {
    const ran = await open('twin-one', '--role', 'king');

    expect(ran).toMatchObject({ exitCode: EXIT.refused, stdout: '' });
    expect(ran.stderr).toContain('666677778888');
  });

  it('opens under the one lease of a role or profile, and asks which of several', async () => {
    const first = await anActiveLease(portal);
    const second = await anActiveLease(portal, {
      profileId: 'read-everything',
    });

    const unclear = await open('payroll');
    expect(unclear.exitCode).toBe(EXIT.usage);
    expect(unclear.stderr).toContain(`${second.id} (Read everything`);
    expect(unclear.stderr).toContain('Say which with --lease.');
    const anywhere = await open('--portal', OTHER);
    expect(anywhere.exitCode).toBe(EXIT.usage);
    expect(anywhere.stderr).toContain(`${first.id} (Payroll, `);
    expect(anywhere.stderr).toContain(
      `Run: break-glass console --lease LEASE --portal ${OTHER}\n`,
    );

    const one = await open('payroll', '--profile', 'read-everything');
    expect(one).toMatchObject({ exitCode: 0 });
    expect(one.stdout).toMatch(/^https?:\/\/\S+SigninToken=\S+\n$/);
    expect((await open('--lease', first.id.toLowerCase())).exitCode).toBe(0);
    expect((await open('payroll', '--lease', first.id)).exitCode).toBe(0);
    expect(await portal.issued(first.id)).toHaveLength(2);
    expect(await portal.issued(second.id)).toHaveLength(1);
  });

  it('takes the role of a lease for what it is, and a standing role without a lease', async () => {
    const { id } = await anActiveLease(portal);

    expect((await open('payroll', '--role', 'break-glass')).exitCode).toBe(0);
    expect(await portal.issued(id)).toHaveLength(1);
    const standing = ['console', 'payroll', '--print', '--role', 'read-only'];
    for (const words of [[], ['--profile', 'read-everything']]) {
      const ran = await alice.run([...standing, ...words]);
      expect(ran.stdout).toContain('SigninToken=');
    }
  });

  it('points to the portal that was chosen where there is no lease', async () => {
    expect((await open('--portal', OTHER)).stderr).toBe(
      `break-glass: You have no lease that is active. Run: break-glass request --portal ${OTHER}\n`,
    );
    expect((await open('payroll')).stderr).toMatch(
      /Run: break-glass request payroll --portal/,
    );
  });

  it.each([
    ['--role', 'break-glass'],
    ['--profile', 's3-kms-iam'],
  ])('does not leave %s aside where no account is named', async (...words) => {
    await anActiveLease(portal);
    const ran = await open(...words);

    expect(ran).toMatchObject({ exitCode: EXIT.usage, stdout: '' });
    expect(ran.stderr).toContain(
      `break-glass console ACCOUNT ${words.join(' ')}`,
    );
  });
});

describe('options that contradict each other', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  let lease: string;
  let mark: string;
  beforeAll(async () => {
    portal = await startAwsPortal({ configure: limitReadOnly });
    mary = new TestContext(portal);
    mark = join(mary.home, 'ran');
    lease = (await anActiveLease(portal)).id;
  });
  afterAll(() => portal.stop());

  const COMMANDS: Array<[string, () => string[]]> = [
    ['console', () => ['--print']],
    ['credentials', () => []],
    ['credential-process', () => []],
    ['exec', () => ['--', 'touch', mark]],
  ];

  it.each(
    COMMANDS.flatMap(([command, rest]) =>
      [
        [
          '--lease LEASE --role read-only',
          /--lease 0\w+ and --role read-only contradict each other: that is a standing role/,
        ],
        [
          '--lease LEASE --role break-glass-full',
          /--lease 0\w+ and --role break-glass-full contradict .* for the role break-glass\.$/m,
        ],
        [
          '--lease LEASE --profile unlock-bucket',
          /--lease 0\w+ and --profile unlock-bucket contradict .* for the profile s3-kms-iam\.$/m,
        ],
        [
          '--role break-glass --profile full',
          /--role break-glass and --profile full contradict each other: the role has /,
        ],
        [
          '--role read-only --profile s3-kms-iam',
          /--role read-only and --profile s3-kms-iam contradict each other: the role has read-everything\.$/m,
        ],
        [
          '--role operator --profile full',
          /--role operator and --profile full contradict each other: the role has no profiles\.$/m,
        ],
        [
          '--profile king',
          /There is no profile king on Payroll. There are: .*s3-kms-iam/,
        ],
        [
          '--role king',
          /There is no role king on Payroll. There are: read-only/,
        ],
        ['--lease 123', /"123" is no lease: .*See: break-glass status/],
      ].map(
        ([options, words]) =>
          [command, options as string, words as RegExp, rest] as const,
      ),
    ),
  )('%s %s says which', async (command, options, words, rest) => {
    const chosen = options.replace('LEASE', lease).split(' ');

    const ran = await mary.run([command, 'payroll', ...chosen, ...rest()]);

    expect(ran.stderr).toMatch(words);
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.stdout).not.toMatch(/ASIA|Signin/);
    expect(existsSync(mark)).toBe(false);
    expect(await portal.issued(lease)).toEqual([]);
  });

  it('a profile of a standing role alone asks for that role', async () => {
    const other = await startAwsPortal({
      configure: section => {
        limitReadOnly(section);
        for (const role of section.roles) {
          if (role.access === 'lease') {
            role.profiles = role.profiles.filter(
              (id: string) => id !== 'read-everything',
            );
          }
        }
      },
    });
    const ran = await new TestContext(other).run([
      'credentials',
      'payroll',
      '--profile',
      'read-everything',
    ]);
    await other.stop();

    expect(ran.exitCode).toBe(EXIT.usage);
    expect(ran.stderr).toContain(
      '--profile read-everything is of a standing role on Payroll. Say which with --role read-only.',
    );
  });

  it('do not hide what a request of a profile would be', async () => {
    const ran = await mary.run([
      ...['credentials', 'payroll', '--role', 'break-glass'],
      ...['--profile', 'unlock-bucket'],
    ]);

    expect(ran.exitCode).toBe(EXIT.noLease);
    expect(ran.stderr).toBe(
      'break-glass: You have no active lease on Payroll with the profile unlock-bucket. Run: break-glass request payroll --role break-glass --profile unlock-bucket\n',
    );
  });
});
