import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { answerFromCache } from '../aws/answerFromCache';
import {
  credentialProcess,
  CredentialProcessOptions,
} from '../aws/credentialProcess';
import { Terminal } from '../aws/openTerminal';
import {
  anActiveLease,
  AwsPortal,
  decisionOn,
  aPendingLease,
  startAwsPortal,
} from '../aws/testing/AwsPortal';
import { Bundle } from '../aws/testing/Bundle';
import { TestContext } from '../aws/testing/TestContext';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

describe('credential-process', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
  });
  afterEach(() => portal.stop());

  const atTerminal = () => {
    Object.assign(mary.context.stderr, { isTTY: true });
    let closed = false;
    const terminal: Terminal = {
      stdin: new PassThrough() as unknown as ReadStream,
      stdout: new PassThrough() as unknown as WriteStream,
      close: () => {
        closed = true;
      },
    };
    return { terminal, isClosed: () => closed };
  };
  const ask = (options: CredentialProcessOptions) =>
    credentialProcess(mary.context, { account: 'payroll' }, options);

  it('offers to request a lease where a person sits at a terminal, and goes on with it', async () => {
    const { terminal, isClosed } = atTerminal();
    const offered: Context[] = [];
    const ran = await ask({
      terminal: () => terminal,
      offerRequest: async (context, { account }) => {
        offered.push(context);
        context.stdout.write(`request ${account}`);
        await anActiveLease(portal);
        return true;
      },
    });
    expect(offered[0].stdin).toBe(terminal.stdin);
    expect(String(terminal.stdout.read())).toBe('request payroll');
    expect(isClosed()).toBe(true);
    expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
  });

  it('says what to run where the person declines', async () => {
    const { terminal, isClosed } = atTerminal();
    const ran = await ask({
      terminal: () => terminal,
      offerRequest: async () => false,
    });
    expect(ran).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/Run: break-glass request payroll\n$/),
      exitCode: EXIT.noLease,
    });
    expect(isClosed()).toBe(true);
  });

  it('offers nothing without a terminal, and nothing where a request waits or something else is wrong', async () => {
    const offerRequest = jest.fn(async () => true);
    await ask({ offerRequest });
    const { terminal } = atTerminal();
    await ask({ offerRequest, terminal: () => undefined });
    await aPendingLease(portal);
    await ask({ offerRequest, terminal: () => terminal });
    mary.context.identity = async () => undefined;
    await ask({ offerRequest, terminal: () => terminal });
    expect(offerRequest).not.toHaveBeenCalled();
  });

  it('says to programs what is wrong as JSON, and answers as ever', async () => {
    const words = ['credential-process', 'payroll', '--json'];
    const failed = await mary.run(words);
    expect(failed).toMatchObject({ stdout: '', exitCode: EXIT.noLease });
    expect(JSON.parse(failed.stderr)).toEqual({
      error: {
        message: expect.stringMatching(/Run: break-glass request payroll$/),
        exitCode: EXIT.noLease,
        code: 'no-active-lease',
      },
    });

    await anActiveLease(portal);
    const first = await mary.run(words);
    expect(first).toMatchObject({ stderr: '', exitCode: 0 });
    expect(JSON.parse(first.stdout)).toMatchObject({ Version: 1 });
    expect(await answerFromCache(mary.context, words.slice(1))).toBe(
      first.stdout,
    );
  });

  describe('as a process', () => {
    let bundle: Bundle;
    beforeEach(() => {
      bundle = new Bundle(portal);
      // Processes have the real clock.
      portal.clock.set(Date.now());
    });
    afterEach(() => bundle.remove());

    it('shares one issue among ten processes that start at once', async () => {
      const lease = await anActiveLease(portal);
      const env = bundle.environment(mary.home);
      const all = await Promise.all(
        Array.from({ length: 10 }, () =>
          bundle.run(['credential-process', 'payroll'], env),
        ),
      );
      expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(
        Array.from({ length: 10 }, () => [0, '']),
      );
      expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1);
      expect(await portal.issued(lease.id)).toHaveLength(1);
    });

    it('loads a few kilobytes for what is kept: no parser of commands, no client, no schemas', () => {
      const loaded = bundle.loadedAtStart();
      expect(loaded.length).toBeLessThan(40_000);
      expect(loaded).toContain('credential-process');
      expect(loaded).not.toMatch(/ZodError|CommanderError|ELOCKED/);
    });

    it('pitfall 30: fails with nothing on standard output, one line on standard error, and a code', async () => {
      const pending = await aPendingLease(portal);
      const env = bundle.environment(mary.home);
      const ran = await bundle.run(['credential-process', 'payroll'], env);
      expect(ran).toEqual({
        stdout: '',
        stderr: expect.stringMatching(
          /^break-glass: [^\n]* waits for [^\n]*\n$/,
        ),
        code: EXIT.noLease,
      });
      await portal.as('daniel', 'decideLease', decisionOn(pending));
      const again = await bundle.run(['credential-process', 'payroll'], env);
      expect(again).toMatchObject({ stderr: '', code: 0 });
    });

    it('offers at a real terminal, and leaves standard output to the answer', async () => {
      const env = bundle.environment(mary.home);
      const out = join(mary.home, 'out');
      const seen = await bundle.inTerminal(
        `'${process.execPath}' '${bundle.file}' credential-process payroll >'${out}'; echo "code $?"`,
        env,
        [['Ask for one now?', 'n\n']],
      );
      expect(seen).toContain('You have no active lease on payroll.');
      expect(seen).toContain('Run: break-glass request payroll');
      expect(seen).toContain(`code ${EXIT.noLease}`);
      expect(readFileSync(out, 'utf8')).toBe('');
    });
  });
});
