import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BROKER } from './__testUtils__/sandbox';

jest.setTimeout(60_000);

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-sandbox-main-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(...args: string[]) {
  const transform = require.resolve('@backstage/cli/config/nodeTransform.cjs');
  child = spawn(
    process.execPath,
    ['--require', transform, join(__dirname, 'main.ts'), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return child;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  'says where it listens in one line, and on %s delivers what is pending and ends with 0',
  async signal => {
    const running = start(
      '--port=0',
      `--log-directory=${folder}`,
      '--delivery-delay-seconds=600',
    );
    const [line] = await once(running.stdout!, 'data');
    const endpoint = /^sandbox AWS on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(
      String(line),
    )![1];
    const sts = new STSClient({
      endpoint,
      region: 'eu-central-1',
      credentials: BROKER,
    });
    await sts.send(new GetCallerIdentityCommand({}));
    running.kill(signal);
    expect(await once(running, 'exit')).toEqual([0, null]);
    const files = await readdir(folder, { recursive: true });
    expect(files.filter(name => name.endsWith('.json.gz'))).toHaveLength(1);
  },
);

it('ends with 1 and one line about a bad option', async () => {
  const running = start('--port', 'abc');
  const [text, [code]] = await Promise.all([
    textOf(running.stderr!),
    once(running, 'exit'),
  ]);
  expect(code).toBe(1);
  expect(text).toBe(
    'sandbox AWS: --port must be a whole number from 0 to 65535, not "abc"\n',
  );
});

it('ends with 1 and one line about a port that is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const running = start('--port', String(port), '--log-directory', folder);
  const [text, [code]] = await Promise.all([
    textOf(running.stderr!),
    once(running, 'exit'),
  ]);
  server.close();
  expect(code).toBe(1);
  expect(text).toBe(
    `sandbox AWS: port ${port} on 127.0.0.1 is taken; choose another with --port\n`,
  );
});
