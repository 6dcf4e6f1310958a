import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { AwsPortal, startAwsPortal } from '../aws/testing/AwsPortal';
import { TestContext } from '../aws/testing/TestContext';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

describe('configure, where roles differ from account to account', () => {
  let portal: AwsPortal;
  let home: string;
  let alice: TestContext;
  beforeAll(async () => {
    portal = await startAwsPortal({
      configure: section => {
        const role = (name: string) =>
          section.roles.find(({ id }: { id: string }) => id === name);
        // Everywhere, where the other standing role is for owners alone.
        role('operator').eligible = { groups: ['payroll-developers'] };
        role('operator').profiles = ['read-everything', 'hand-over'];
        role('read-only').profiles = ['read-everything'];
      },
    });
  });
  afterAll(() => portal.stop());
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'configure-'));
    alice = new TestContext(portal, 'alice', {}, home);
  });

  const profiles = async () =>
    (
      await loadSharedConfigFiles({
        configFilepath: join(home, '.aws', 'config'),
        filepath: join(home, 'none'),
        ignoreCache: true,
      })
    ).configFile;

  it('leaves out of all accounts those without the role, and says which', async () => {
    const ran = await alice.run(['configure', '--all', '--role', 'read-only']);

    expect(ran.exitCode).toBe(0);
    expect(Object.keys(await profiles())).toContain('bg-payroll-read-only');
    expect(Object.keys(await profiles())).not.toContain(
      'bg-payments-read-only',
    );
    expect(ran.stderr).toMatch(
      /^break-glass: Left out, as they have nothing for you with --role read-only: [^\n]*Payments[^\n]*\.\n$/,
    );
    expect(ran.stderr).not.toContain('Payroll,');
  });

  it('says nothing of accounts where nothing narrows them', async () => {
    const ran = await alice.run(['configure', '--all']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(Object.keys(await profiles())).toContain('bg-payments-hand-over');
  });

  it.each([
    [['--all', '--role', 'king'], 'on any account', '--role king'],
    [['--all', '--profile', 'king'], 'on any account', '--profile king'],
    [['payroll', '--role', 'king'], 'on Payroll', '--role king'],
    [['payments', '--role', 'read-only'], 'on Payments', '--role read-only'],
  ])('%j fails, and says what there is', async (words, where, options) => {
    const ran = await alice.run(['configure', ...words]);

    expect(ran).toMatchObject({ exitCode: EXIT.refused, stdout: '' });
    expect(ran.stderr).toContain(
      `There is nothing ${where} that you could use with ${options}. There are: `,
    );
    expect(ran.stderr).toMatch(/operator \((read-everything|hand-over), /);
    expect(existsSync(join(home, '.aws', 'config'))).toBe(false);
  });

  it('knows the one profile of a standing role by its name, in and out', async () => {
    const words = ['payroll', '--role', 'read-only'];
    const named = [...words, '--profile', 'read-everything'];
    await alice.run(['configure', ...named]);
    const { 'bg-payroll-read-only': written } = await profiles();
    expect(written.credential_process).toContain(
      ' --role read-only --profile read-everything ',
    );
    const again = await alice.run(['configure', ...words]);
    expect(again.stdout).toMatch(/^Nothing to change/);

    const line = written.credential_process!.split(' ').slice(1);
    const ran = await alice.run(line);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });

    await alice.run(['configure', '--remove', ...named]);
    expect(await profiles()).toEqual({});
  });
});
