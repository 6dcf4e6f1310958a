import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { AwsPortal, startAwsPortal } from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

const OTHERS =
  '# Mine\r\n[default]\r\nregion=us-east-1\r\n\r\n[profile work]\r\n  output = json ; keep\r\n';

describe('configure', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  let file: string;
  let home: string;
  beforeAll(async () => {
    portal = await startAwsPortal();
  });
  afterAll(() => portal.stop());
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'configure-'));
    mary = new TestContext(portal, 'mary', {}, home);
    file = join(home, '.aws', 'config');
  });

  const write = (text: string) => {
    mkdirSync(join(home, '.aws'), { recursive: true });
    writeFileSync(file, text);
  };
  const read = () => readFileSync(file, 'latin1');
  const profiles = async () =>
    (
      await loadSharedConfigFiles({
        configFilepath: file,
        filepath: join(home, 'none'),
        ignoreCache: true,
      })
    ).configFile;

  it('writes one profile for each that the person could use', async () => {
    const ran = await mary.run(['configure', 'payroll']);
    expect(ran.exitCode).toBe(0);
    const backend = portal.url.replace('/api/break-glass', '');
    expect(await profiles()).toEqual(
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
    expect(statSync(file).mode.toString(8)).toBe('100600');
    expect(statSync(join(home, '.aws')).mode.toString(8)).toBe('40700');
    expect(ran.stdout).toMatch(/bg-payroll-s3-kms-iam {2}\(Payroll/);
  });

  it('writes standing roles of an owner', async () => {
    const alice = new TestContext(portal, 'alice', {}, home);
    await alice.run(['configure', '111122223333']);
    expect(Object.keys(await profiles())).toEqual([
      'bg-payroll-read-only',
      'bg-payroll-operator',
    ]);
  });

  it('writes all accounts, each with its own region', async () => {
    const ran = await mary.run(['configure', '--all', '--profile', 'full']);
    expect(ran.exitCode).toBe(0);
    const found = await profiles();
    expect(Object.keys(found).length).toBeGreaterThan(2);
    expect(found['bg-payroll-full'].region).toBe('eu-central-1');
    expect(found['bg-gov-payroll-full'].region).toBe('us-gov-west-1');
  });

  it('leaves the bytes of others, adds nothing twice, and takes out what it wrote', async () => {
    write(OTHERS);
    await mary.run(['configure', 'payroll']);
    const once = read();
    expect(once.startsWith(OTHERS)).toBe(true);
    expect(once.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    const again = await mary.run(['configure', 'payroll']);
    expect(again.stdout).toMatch(/^Nothing to change/);
    await mary.run(['configure', 'payments', '--profile', 's3-kms-iam']);
    await mary.run(['configure', '--remove', 'payments']);
    expect(read()).toBe(once);
    await mary.run(['configure', '--remove', '--all']);
    expect(read()).toBe(OTHERS);
  });

  it('shows what would change, and changes nothing', async () => {
    write('[default]\nregion = us-east-1\n');
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
    expect(read()).toBe('[default]\nregion = us-east-1\n');
    await mary.run(['configure', 'payments', '--dry-run']);
    expect(read()).toBe('[default]\nregion = us-east-1\n');
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
    const said = { file, changed: false, profiles: ['bg-payroll-full'] };
    const keys = '[default]\naws_secret_access_key = secret\n';
    write(keys);

    expect(await json(...dry)).toEqual({
      ...said,
      changes: [['bg-payroll-full', undefined, text]],
    });
    expect(read()).toBe(keys);
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
    expect(existsSync(file)).toBe(false);
  });

  it('takes out what it wrote without asking the portal', async () => {
    await mary.run(['configure', 'payroll']);
    mary.context.session = async () => {
      throw new Error('asked');
    };
    const ran = await mary.run(['configure', '--remove', 'payroll', '--json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      file,
      changed: true,
      profiles: expect.arrayContaining(['bg-payroll-full']),
    });
    expect(read()).toBe('');
  });

  it('takes out no more than it is asked to', async () => {
    await mary.run(['configure', 'payroll']);
    await mary.run(['configure', 'payroll', '--prefix', 'other-']);
    const before = Object.keys(await profiles());
    const remove = (...words: string[]) =>
      mary.run(['configure', 'payroll', '--remove', ...words]);

    expect((await remove('--role', 'read-only')).stdout).toMatch(/^Nothing/);
    await remove('--profile', 's3-kms-iam', '--prefix', 'other-');

    expect(Object.keys(await profiles()).sort()).toEqual(
      before.filter(name => name !== 'other-payroll-s3-kms-iam').sort(),
    );
    const unknown = await remove('pay-roll');
    expect(unknown.exitCode).toBe(EXIT.usage);
    expect(unknown.stderr).toContain('no profile for "pay-roll"');
    expect(Object.keys(await profiles())).toHaveLength(before.length - 1);
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
    expect(Object.keys(await profiles())).toEqual(['x.payroll-full', 'fix']);
  });

  it.each([
    ['a space', 'a b'],
    ['a bracket', 'a]b'],
    ['a line end', 'a\n[default]'],
    ['a quote', 'a"b'],
    ['a dash first', '-a'],
    ['a comment', 'a#b'],
    ['nothing', ''],
  ])('pitfall 32: refuses a name with %s', async (_, name) => {
    write(OTHERS);
    const ran = await mary.run([
      'configure',
      'payroll',
      '--profile',
      'full',
      `--name=${name}`,
    ]);
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(read()).toBe(OTHERS);
  });

  it.each([
    ['the config file', '[profile bg-payroll-full]\nregion = x\n', ''],
    ['the config file, old form', '[bg-payroll-full]\nregion = x\n', ''],
    [
      'the file of keys, which wins',
      '',
      '[bg-payroll-full]\naws_access_key_id = x\n',
    ],
  ])(
    'never writes over a profile of the same name in %s',
    async (_, config, keys) => {
      write(config);
      writeFileSync(join(home, '.aws', 'credentials'), keys);
      const ran = await mary.run(['configure', 'payroll']);
      expect(ran.exitCode).toBe(EXIT.usage);
      expect(ran.stderr).toMatch(
        /bg-payroll-full that is not from break-glass/,
      );
      expect(read()).toBe(config);
    },
  );

  it('keeps the mode, and follows a link', async () => {
    const real = join(home, 'real-config');
    writeFileSync(real, OTHERS);
    chmodSync(real, 0o640);
    mkdirSync(join(home, '.aws'));
    symlinkSync(real, file);
    await mary.run(['configure', 'payroll']);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode.toString(8)).toBe('100640');
    expect(readFileSync(real, 'latin1').startsWith(OTHERS)).toBe(true);
  });

  it.each([
    ['a link to nothing', () => symlinkSync(join(home, 'gone'), file)],
    ['a folder', () => mkdirSync(file)],
    [
      'text in UTF-16',
      () => writeFileSync(file, Buffer.from(OTHERS, 'utf16le')),
    ],
  ])('touches nothing where the file is %s', async (_, make) => {
    mkdirSync(join(home, '.aws'));
    make();
    const ran = await mary.run(['configure', 'payroll']);
    expect(ran.exitCode).toBe(EXIT.failed);
    expect(ran.stderr).toMatch(/cannot be used/);
  });

  it('writes where AWS_CONFIG_FILE says', async () => {
    mary.context.env.AWS_CONFIG_FILE = join(home, 'elsewhere');
    await mary.run(['configure', 'payroll']);
    expect(existsSync(file)).toBe(false);
    expect(readFileSync(join(home, 'elsewhere'), 'utf8')).toContain(
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
    expect((await profiles())['bg-payroll-full'].credential_process).toMatch(
      /^"\/opt\/my tools\/break-glass" credential-process resource/,
    );
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
    expect(existsSync(file)).toBe(false);
  });

  it('pitfall 32: writes nothing that a hostile portal would have in the file', async () => {
    const { session } = mary.context;
    mary.context.session = async () => {
      const found = await session();
      const call = found.client.call.bind(found.client);
      found.client.call = (async (name: 'getAccount', input: never) => {
        const answer = await call(name, input);
        return name === 'getAccount'
          ? {
              ...answer,
              roles: answer.roles.map(role => ({
                ...role,
                id: 'x; touch /tmp/owned',
              })),
            }
          : answer;
      }) as typeof call;
      return found;
    };
    write(OTHERS);
    const ran = await mary.run(['configure', 'payroll']);
    expect(ran.exitCode).toBe(EXIT.failed);
    expect(ran.stderr).toMatch(/cannot stand in a command/);
    expect(read()).toBe(OTHERS);
  });
});
