import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../exitCodes';
import { cacheFolder } from '../cache/cacheFile';
import { AwsHome } from '../testing/AwsHome';
import { AwsPortal, startAwsPortal } from '../testing/AwsPortal';
import { Bundle } from '../testing/Bundle';
import { TestContext } from '../testing/TestContext';
import { changeConfig } from './changeConfig';

jest.setTimeout(120_000);

const OTHERS = '# Mine\n[default]\nregion=us-east-1\n';

describe('the AWS config file', () => {
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

  it.each([
    ['changed', (text: string) => home.write(text)],
    ['made', () => {}],
  ])('stays as another program has %s it meanwhile', async (_, begin) => {
    begin(OTHERS);
    const theirs = `${OTHERS}output=json\n`;
    const edit = (bytes: string) => {
      mkdirSync(join(home.folder, '.aws'), { recursive: true });
      writeFileSync(home.file, theirs);
      return `${bytes}# Ours\n`;
    };

    await expect(changeConfig(mary.context, edit, false)).rejects.toThrow(
      `Something else wrote the AWS config file ${home.file} at the same moment.`,
    );

    expect(home.read()).toBe(theirs);
    expect(readdirSync(join(home.folder, '.aws'))).toEqual(['config']);
  });

  it.each([
    ['~/elsewhere', 'elsewhere'],
    ['$PLACE/elsewhere', 'place/elsewhere'],
    ['${PLACE}/elsewhere', 'place/elsewhere'],
    ['~/$NO_SUCH_PLACE', '$NO_SUCH_PLACE'],
  ])('reads AWS_CONFIG_FILE=%s as the AWS CLI does', async (said, where) => {
    const place = join(home.folder, 'place');
    const env = { AWS_CONFIG_FILE: said, PLACE: place };
    Object.assign(mary.context.env, env);

    const ran = await mary.run(['configure', 'payroll']);

    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain(`Written to ${join(home.folder, where)}:`);
    const aws = spawnSync('/usr/bin/aws', ['configure', 'list-profiles'], {
      env: { ...env, HOME: home.folder, PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    });
    if (aws.error) {
      process.stderr.write('The AWS CLI is not installed: not compared.\n');
      return;
    }
    expect(aws.stdout).toContain('bg-payroll-full');
  });

  it('knows the file of keys by the home, too, and no home of others', async () => {
    mary.context.env.AWS_SHARED_CREDENTIALS_FILE = '~/keys';
    writeFileSync(join(home.folder, 'keys'), '[bg-payroll-full]\n');
    const taken = await mary.run(['configure', 'payroll']);
    expect(taken.exitCode).toBe(EXIT.usage);
    expect(taken.stderr).toContain(
      `${join(home.folder, 'keys')} has a profile`,
    );

    mary.context.env.AWS_CONFIG_FILE = '~daniel/config';
    const others = await mary.run(['configure', 'payroll']);
    expect(others.exitCode).toBe(EXIT.usage);
    expect(others.stderr).toBe(
      'break-glass: AWS_CONFIG_FILE names the home of somebody else: ~daniel/config. Write the path in full.\n',
    );
  });

  it('leaves nothing that others can read where it dies, and nothing at all in the end', async () => {
    const bundle = new Bundle(portal);
    const folder = join(home.folder, '.aws');
    home.write(OTHERS);
    chmodSync(home.file, 0o644);
    const copies = ['config.1', 'config.20240101', '.config.break-glass-old'];
    const age = (path: string) => {
      const before = new Date(Date.now() - 2 * 60_000);
      utimesSync(path, before, before);
    };
    copies.forEach(name => {
      writeFileSync(join(folder, name), '');
      age(join(folder, name));
    });
    const hook = join(home.folder, 'die.cjs');
    writeFileSync(
      hook,
      `require('node:fs').promises.rename = () => process.kill(process.pid, 'SIGKILL');
       require('node:module').syncBuiltinESMExports();`,
    );
    const env = {
      ...bundle.environment(home.folder),
      NODE_OPTIONS: `--require ${hook}`,
    };
    const left = () =>
      readdirSync(folder).filter(
        name => name !== 'config' && !copies.includes(name),
      );

    const died = await bundle.run(['configure', 'payroll'], env);
    bundle.remove();
    expect(died.code).toBeNull();
    expect(home.read()).toBe(OTHERS);
    const [begun, ...more] = left();
    expect(more).toEqual([]);
    expect(statSync(join(folder, begun)).mode.toString(8)).toBe('100600');
    expect(readFileSync(join(folder, begun), 'latin1')).toContain(
      '[profile bg-payroll-full]',
    );

    // Its lock is left, too, and waited for as long as it may be alive.
    age(join(cacheFolder(mary.context.folders.cache), 'configure.lock'));
    // As long as it may still be written, it is let be.
    await mary.run(['configure', 'payroll', '--profile', 'full']);
    expect(left()).toEqual([begun]);
    age(join(folder, begun));
    await mary.run(['configure', 'payroll']);
    expect(left()).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['config', ...copies].sort());
    expect(statSync(home.file).mode.toString(8)).toBe('100644');
  });
});
