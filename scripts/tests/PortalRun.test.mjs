import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { findFreePorts, isPortFree } from '../lib/freePorts.mjs';
import { PortalRun } from '../lib/PortalRun.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portal-run-'));
after(() => rmSync(folder, { recursive: true }));

const SERVE = port =>
  `require('node:http').createServer((_, r) => r.end()).listen(${port}, '127.0.0.1');`;
const FAIL =
  'console.log(JSON.stringify({ message: "Plugin \'break-glass\' threw an error during startup, waiting. breakGlass.roles: is missing" }));';

describe('PortalRun', () => {
  let ports;
  let ready;
  beforeEach(async () => {
    ports = await findFreePorts(2);
    ready = [];
  });
  const program = (name, port, source) => ({
    name,
    title: name,
    readyAt: `http://127.0.0.1:${port}`,
    command: [process.execPath, '-e', source],
    cwd: folder,
  });
  const aRun = options =>
    new PortalRun(process.env, folder, {
      onReady: ({ name }) => ready.push(name),
      ...options,
    });

  it('starts the backend only when what it needs answers', async () => {
    const run = aRun();

    await run.start([
      program('identity-provider', ports[0], SERVE(ports[0])),
      program('backend', ports[1], SERVE(ports[1])),
    ]);
    await run.stop();

    assert.deepEqual(ready, ['identity-provider', 'backend']);
    assert.ok(await isPortFree(ports[0]));
    assert.ok(await isPortFree(ports[1]));
  });

  it('gives up with key and reason when a plugin fails, although the backend lives on', async () => {
    const run = aRun();

    await assert.rejects(
      run.start([
        program('backend', ports[1], `${FAIL} setInterval(() => {}, 1000)`),
      ]),
      /backend cannot start\. break-glass: breakGlass\.roles: is missing/,
    );
    await run.stop();
  });

  it('gives up with the last lines when a program ends', async () => {
    const run = aRun();

    await assert.rejects(
      run.start([
        program(
          'sandbox',
          ports[0],
          "console.error('no room'); process.exit(7)",
        ),
        program('backend', ports[1], SERVE(ports[1])),
      ]),
      /sandbox ended with exit code 7\..*no room/s,
    );
    await run.stop();

    assert.deepEqual(ready, []);
  });

  it('says when a program ends later', async () => {
    const run = aRun();
    await run.start([
      program(
        'backend',
        ports[1],
        `require('node:http').createServer((q, r) => r.end('', () => q.url === '/end' && process.exit(0))).listen(${ports[1]}, '127.0.0.1')`,
      ),
    ]);

    await fetch(`http://127.0.0.1:${ports[1]}/end`);

    assert.match(await run.ended, /backend ended with exit code 0/);
    await run.stop();
  });

  it('gives up when the person interrupts', async () => {
    const interrupted = new AbortController();
    const run = aRun({ signal: interrupted.signal });
    const starting = run.start([
      program('backend', ports[1], 'setInterval(() => {}, 1000)'),
    ]);

    interrupted.abort(new Error('SIGINT'));

    await assert.rejects(starting, /SIGINT/);
    await run.stop();
  });
});
