import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError, readOptions } from './options';
import { AwsSandbox, startAwsSandbox } from './startAwsSandbox';

function fail(message: string): never {
  process.stderr.write(`sandbox AWS: ${message}\n`);
  process.exit(1);
}

/** Turns what stops a start into one line for the person who started it. */
function startFailure(error: NodeJS.ErrnoException, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} on 127.0.0.1 is taken; choose another with --port`;
    case 'EACCES':
      return `no permission for ${error.path ?? `port ${port}`}`;
    default:
      return error.message;
  }
}

async function start(): Promise<AwsSandbox> {
  const options = readOptions(process.argv.slice(2), process.env);
  const logDirectory = resolve(options.logDirectory);
  try {
    await mkdir(logDirectory, { recursive: true });
    return await startAwsSandbox({
      ...options,
      logDirectory,
      // Long enough for a person to see the states.
      athena: { queuedMs: 150, runningMs: 350 },
    });
  } catch (error) {
    throw new ConfigurationError(
      startFailure(error as NodeJS.ErrnoException, options.port),
    );
  }
}

function stopOnSignal(sandbox: AwsSandbox): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    sandbox.stop().then(
      () => process.exit(0),
      error => fail(`stopping failed: ${error.message}`),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

start().then(
  sandbox => {
    stopOnSignal(sandbox);
    process.stdout.write(`sandbox AWS on ${sandbox.url}\n`);
  },
  error => fail(error.message),
);
