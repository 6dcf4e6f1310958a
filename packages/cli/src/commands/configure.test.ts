import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AwsHome } from '../aws/testing/AwsHome';
import { AwsPortal, startAwsPortal } from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

describe('configure', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  let home: AwsHome;
  beforeAll(async () => {
    portal = await startAwsPortal();
  });
  afterAll(() => portal.stop());
  beforeEach(() => {
    home = new AwsHome();
    mary = new TestContext(portal, 'mary', {}, home.folder);
  });
  afterEach(() => home.remove());

  it('writes one profile for each that the person could use', async () => {
    const ran = await mary.run(['configure', 'payroll']);
    expect(ran.exitCode).toBe(0);
    const backend = portal.url.replace('/api/break-glass', '');
    expect(await home.profiles()).toEqual(
      Object.fromEntries(
        [
          's3-kms-iam',
          'unlock-bucket',
          'contain-incident',
          'hand-over',
          'read-everything',
        ]
          .map(id => [id, 'break-glass'])
          .concat([['full', 'break-glass-full']])
          .map(([id, role]) => [
            `bg-payroll-${id}`,
            {
              credential_process: `break-glass credential-process resource:default/payroll --role ${role} --profile ${id} --portal ${backend}`,
              region: 'eu-central-1',
            },
          ]),
      ),
    );
    expect(statSync(home.file).mode.toString(8)).toBe('100600');
    expect(statSync(join(home.folder, '.aws')).mode.toString(8)).toBe('40700');
    expect(ran.stdout).toMatch(/bg-payroll-s3-kms-iam {2}\(Payroll/);
  });

  it('writes standing roles of an owner', async () => {
    const alice = new TestContext(portal, 'alice', {}, home.folder);
    await alice.run(['configure', '111122223333']);
    expect(Object.keys(await home.profiles())).toEqual([
      'bg-payroll-read-only',
      'bg-payroll-operator',
    ]);
  });

  it('writes all accounts, each with its own region', async () => {
    const ran = await mary.run(['configure', '--all', '--profile', 'full']);
    expect(ran.exitCode).toBe(0);
    const found = await home.profiles();
    expect(Object.keys(found).length).toBeGreaterThan(2);
    expect(found['bg-payroll-full'].region).toBe('eu-central-1');
    expect(found['bg-gov-payroll-full'].region).toBe('us-gov-west-1');
  });

  it('shows what would change, and changes nothing', async () => {
    home.write('[default]\nregion = us-east-1\n');
    const ran = await mary.run([
      'configure',
      'payroll',
      '--profile',
      'full',
      '--dry-run',
    ]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('+[profile bg-payroll-full]');
    expect(ran.stdout).toContain(' region = us-east-1');
    expect(home.read()).toBe('[default]\nregion = us-east-1\n');
    await mary.run(['configure', 'payments', '--dry-run']);
    expect(home.read()).toBe('[default]\nregion = us-east-1\n');
  });

  it('says to programs what it would write, and take out, and nothing of others', async () => {
    const dry = ['configure', 'payroll', '--profile', 'full', '--dry-run'];
    const text = [
      '# >>> break-glass bg-payroll-full resource:default/payroll (written by "break-glass configure", which writes it anew)',
      '[profile bg-payroll-full]',
      expect.stringMatching(/^credential_process = break-glass /),
      'region = eu-central-1',
      '# <<< break-glass bg-payroll-full',
      '',
    ];
    const json = async (...words: string[]) => {
      const { stdout, stderr } = await mary.run([...words, '--json']);
      expect(stderr).toBe('');
      const { changes, ...rest } = JSON.parse(stdout);
      const lines = (change: string | undefined) => change?.split('\n');
      return {
        ...rest,
        changes: changes.map(({ name, before, after }: any) => [
          name,
          lines(before),
          lines(after),
        ]),
      };
    };
    const said = {
      file: home.file,
      changed: false,
      profiles: ['bg-payroll-full'],
    };
    const keys = '[default]\naws_secret_access_key = secret\n';
    home.write(keys);

    expect(await json(...dry)).toEqual({
      ...said,
      changes: [['bg-payroll-full', undefined, text]],
    });
    expect(home.read()).toBe(keys);
    expect(await json(...dry.slice(0, -1))).toMatchObject({ changed: true });
    expect(await json(...dry)).toEqual({ ...said, changes: [] });
    const other = await json(...dry, '--command', '/opt/break-glass');
    expect(other.changes[0].map((each: unknown) => typeof each)).toEqual([
      'string',
      'object',
      'object',
    ]);
    expect(await json(...dry, '--remove')).toEqual({
      ...said,
      changes: [['bg-payroll-full', text, undefined]],
    });
  });

  it('makes no file where it only shows', async () => {
    await mary.run(['configure', 'payroll', '--dry-run']);
    expect(existsSync(home.file)).toBe(false);
  });

  it('takes out what it wrote without asking the portal', async () => {
    await mary.run(['configure', 'payroll']);
    mary.context.session = async () => {
      throw new Error('asked');
    };
    const ran = await mary.run(['configure', '--remove', 'payroll', '--json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      file: home.file,
      changed: true,
      profiles: expect.arrayContaining(['bg-payroll-full']),
    });
    expect(home.read()).toBe('');
  });

  it('takes out no more than it is asked to', async () => {
    await mary.run(['configure', 'payroll']);
    await mary.run(['configure', 'payroll', '--prefix', 'other-']);
    const before = Object.keys(await home.profiles());
    const remove = (...words: string[]) =>
      mary.run(['configure', 'payroll', '--remove', ...words]);

    expect((await remove('--role', 'read-only')).stdout).toMatch(/^Nothing/);
    await remove('--profile', 's3-kms-iam', '--prefix', 'other-');

    expect(Object.keys(await home.profiles()).sort()).toEqual(
      before.filter(name => name !== 'other-payroll-s3-kms-iam').sort(),
    );
    const unknown = await remove('pay-roll');
    expect(unknown.exitCode).toBe(EXIT.usage);
    expect(unknown.stderr).toContain('no profile for "pay-roll"');
    expect(Object.keys(await home.profiles())).toHaveLength(before.length - 1);
  });

  it('takes names of one’s own', async () => {
    await mary.run([
      'configure',
      'payroll',
      '--prefix',
      'x.',
      '--profile',
      'full',
    ]);
    await mary.run([
      'configure',
      'payroll',
      '--name',
      'fix',
      '--profile',
      's3-kms-iam',
    ]);
    expect(Object.keys(await home.profiles())).toEqual([
      'x.payroll-full',
      'fix',
    ]);
  });

  it('writes where AWS_CONFIG_FILE says', async () => {
    mary.context.env.AWS_CONFIG_FILE = join(home.folder, 'elsewhere');
    await mary.run(['configure', 'payroll']);
    expect(existsSync(home.file)).toBe(false);
    expect(readFileSync(join(home.folder, 'elsewhere'), 'utf8')).toContain(
      '[profile bg-payroll-full]',
    );
  });

  it('names another command, with spaces in its path', async () => {
    await mary.run([
      'configure',
      'payroll',
      '--profile',
      'full',
      '--command',
      '/opt/my tools/break-glass',
    ]);
    expect(
      (await home.profiles())['bg-payroll-full'].credential_process,
    ).toMatch(/^"\/opt\/my tools\/break-glass" credential-process resource/);
  });

  it.each([
    [['configure'], EXIT.usage],
    [['configure', 'payroll', '--all'], EXIT.usage],
    [['configure', 'nowhere'], EXIT.usage],
    [['configure', 'payroll', '--profile', 'king'], EXIT.refused],
    [['configure', 'payroll', '--name', 'one'], EXIT.usage],
  ])('%j says what is wrong', async (args, exitCode) => {
    const ran = await mary.run(args);
    expect(ran.exitCode).toBe(exitCode);
    expect(existsSync(home.file)).toBe(false);
  });
});
