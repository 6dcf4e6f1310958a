import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isPortFree } from '../lib/freePorts.mjs';
import { Service } from '../lib/Service.mjs';

const folder = mkdtempSync(join(tmpdir(), 'service-'));
after(() => rmSync(folder, { recursive: true }));

/** Starts a program given as source, and waits for its first line. */
async function started(source) {
  let service;
  const line = await new Promise(resolve => {
    service = new Service({
      name: 'test',
      command: [process.execPath, '-e', source],
      cwd: folder,
      environment: process.env,
      logFile: join(folder, 'logs/test.log'),
      onLine: resolve,
    });
  });
  return { service, line };
}

describe('Service', () => {
  it('stops what the program itself started, too', async () => {
    const listen =
      "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))";
    const { service, line } = await started(`
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
        listen,
      )}], { stdio: 'inherit' });
      setInterval(() => {}, 1000);`);
    const port = Number(line);
    assert.equal(await isPortFree(port), false);

    await service.stop();

    assert.equal(await isPortFree(port), true);
  });

  it('may be stopped twice, and after its end', async () => {
    const { service } = await started("console.log('here')");
    await service.exited;

    await Promise.all([service.stop(), service.stop()]);
  });

  it('says how the program ended and keeps its last lines', async () => {
    const { service } = await started(
      "console.error('the reason'); process.exitCode = 3",
    );

    assert.equal(await service.exited, 'ended with exit code 3');
    assert.equal(service.tail, 'the reason');
    await service.stop();
  });

  it('keeps the whole output in a file', async () => {
    const { service } = await started(
      "console.log('first'); console.log('second')",
    );
    await service.exited;
    await service.stop();

    assert.equal(readFileSync(service.logFile, 'utf8'), 'first\nsecond\n');
  });

  it('says when a program is not there', async () => {
    const service = new Service({
      name: 'test',
      command: [join(folder, 'no-such-program')],
      cwd: folder,
      environment: {},
      logFile: join(folder, 'logs/test.log'),
    });

    assert.match(await service.exited, /ENOENT/);
    await service.stop();
  });
});
