import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AwsHome } from '../aws/testing/AwsHome';
import { AwsPortal, startAwsPortal } from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

const OTHERS =
  '# Mine\r\n[default]\r\nregion=us-east-1\r\n\r\n[profile work]\r\n  output = json ; keep\r\n';

describe('configure, beside what others wrote', () => {
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

  it('leaves the bytes of others, adds nothing twice, and takes out what it wrote', async () => {
    home.write(OTHERS);
    await mary.run(['configure', 'payroll']);
    const once = home.read();
    expect(once.startsWith(OTHERS)).toBe(true);
    expect(once.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    const again = await mary.run(['configure', 'payroll']);
    expect(again.stdout).toMatch(/^Nothing to change/);
    await mary.run(['configure', 'payments', '--profile', 's3-kms-iam']);
    await mary.run(['configure', '--remove', 'payments']);
    expect(home.read()).toBe(once);
    await mary.run(['configure', '--remove', '--all']);
    expect(home.read()).toBe(OTHERS);
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
    home.write(OTHERS);
    const ran = await mary.run([
      'configure',
      'payroll',
      '--profile',
      'full',
      `--name=${name}`,
    ]);
    expect(ran.exitCode).toBe(EXIT.usage);
    expect(home.read()).toBe(OTHERS);
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
      home.write(config);
      writeFileSync(join(home.folder, '.aws', 'credentials'), keys);
      const ran = await mary.run(['configure', 'payroll']);
      expect(ran.exitCode).toBe(EXIT.usage);
      expect(ran.stderr).toMatch(
        /bg-payroll-full that is not from break-glass/,
      );
      expect(home.read()).toBe(config);
    },
  );

  it('keeps the mode, and follows a link', async () => {
    const real = join(home.folder, 'real-config');
    writeFileSync(real, OTHERS);
    chmodSync(real, 0o640);
    mkdirSync(join(home.folder, '.aws'));
    symlinkSync(real, home.file);
    await mary.run(['configure', 'payroll']);
    expect(lstatSync(home.file).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode.toString(8)).toBe('100640');
    expect(readFileSync(real, 'latin1').startsWith(OTHERS)).toBe(true);
  });

  it.each([
    [
      'a link to nothing',
      () => symlinkSync(join(home.folder, 'gone'), home.file),
    ],
    ['a folder', () => mkdirSync(home.file)],
    [
      'text in UTF-16',
      () => writeFileSync(home.file, Buffer.from(OTHERS, 'utf16le')),
    ],
  ])('touches nothing where the file is %s', async (_, make) => {
    mkdirSync(join(home.folder, '.aws'));
    make();
    const ran = await mary.run(['configure', 'payroll']);
    expect(ran.exitCode).toBe(EXIT.failed);
    expect(ran.stderr).toMatch(/cannot be used/);
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
    home.write(OTHERS);
    const ran = await mary.run(['configure', 'payroll']);
    expect(ran.exitCode).toBe(EXIT.failed);
    expect(ran.stderr).toMatch(/cannot stand in a command/);
    expect(home.read()).toBe(OTHERS);
  });
});
