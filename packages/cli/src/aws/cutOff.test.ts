import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { EXIT } from '../exitCodes';
import { anActiveLease, AwsPortal, startAwsPortal } from './testing/AwsPortal';
import { TestContext } from './testing/TestContext';

jest.setTimeout(120_000);

/** What must be seen by nobody, of which there is some. */
function secretsOf({ credentials, consoleUrl }: any): string[] {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials ?? {};
  const token =
    consoleUrl && new URL(consoleUrl).searchParams.get('SigninToken');
  const found = [accessKeyId, secretAccessKey, sessionToken, token];
  expect(found.filter(Boolean).length).toBeGreaterThan(0);
  return found.filter(Boolean);
}

/** Gives the first half of an answer, and how much of it was to come where that is said. */
type Cut = (text: string) => { length?: number; destroy: boolean };

describe('when the answer of the portal is cut off', () => {
  let portal: AwsPortal;
  let proxy: Server;
  let mary: TestContext;
  let cut: Cut | undefined;
  /** What the portal answered to those who asked for a session. */
  let issued: any[];
  beforeEach(async () => {
    portal = await startAwsPortal();
    issued = [];
    cut = undefined;
    proxy = createServer(async (request, response) => {
      const body = await new Response(request as never).text();
      const issue = request.url!.endsWith('/sessions');
      const answer = await fetch(new URL(request.url!, portal.url), {
        method: request.method,
        headers: {
          authorization: request.headers.authorization!,
          'content-type': 'application/json',
        },
        body: body || undefined,
      });
      const text = await answer.text();
      if (issue) issued.push(JSON.parse(text));
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      if (!issue || !cut) {
        response.end(text);
        return;
      }
      const { length, destroy } = cut(text);
      if (length) response.setHeader('Content-Length', length);
      const half = text.slice(0, text.indexOf('sessionToken') + 60);
      if (destroy) response.write(half, () => response.destroy());
      else response.end(half);
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
    const { port } = proxy.address() as AddressInfo;
    mary = new TestContext({
      url: `http://127.0.0.1:${port}/api/break-glass`,
      clock: portal.clock,
    });
  });
  afterEach(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await portal.stop();
  });

  it.each<[string, Cut]>([
    ['before its length', text => ({ length: text.length, destroy: true })],
    ['between its pieces', () => ({ destroy: true })],
    ['without a sign of it but its form', () => ({ destroy: false })],
  ])(
    'pitfalls 27 and 30: %s: says so, shows nothing of it, and asks for no second one',
    async (_, how) => {
      const lease = await anActiveLease(portal);
      mary.context.env.BREAK_GLASS_DEBUG = '1';
      for (const [index, command] of [
        ['credential-process', 'payroll'],
        ['credentials', 'payroll', '--format', 'json'],
        ['console', 'payroll', '--print'],
      ].entries()) {
        cut = how;
        const ran = await mary.run(command);

        expect(ran.stdout).toBe('');
        expect(ran.stderr).toMatch(
          /^break-glass: The portal at http:\/\/127.0.0.1:\d+ does not answer completely: its answer was cut off. Try again.\n/,
        );
        expect(ran.exitCode).toBe(EXIT.unavailable);
        expect(ran.stderr).not.toMatch(/JSON|UND_ERR|terminated|SigninToken/);
        expect(issued).toHaveLength(index + 1);
        for (const secret of secretsOf(issued[index])) {
          expect(ran.stderr).not.toContain(secret.slice(0, 12));
        }
        expect(await portal.issued(lease.id)).toHaveLength(index + 1);
      }

      cut = undefined;
      const next = await mary.run(['credential-process', 'payroll']);
      expect(next).toMatchObject({ exitCode: 0, stderr: '' });
    },
  );

  it('serves what is kept and still good meanwhile', async () => {
    await anActiveLease(portal);
    const first = await mary.run(['credential-process', 'payroll']);
    portal.clock.advance({ minutes: 56 });
    cut = () => ({ destroy: true });

    const second = await mary.run(['credential-process', 'payroll']);

    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).toMatch(/was cut off\..* These credentials end at/);
  });
});
