import spawn from 'cross-spawn';
import type { Context } from '../Context';
import { Finding } from './Check';

/** How long `aws --version` may take; it is slow on a cold machine. */
const PATIENCE_MS = 15_000;

/** Whether the AWS CLI is there. */
export async function checkAwsCli(context: Context): Promise<Finding> {
  const name = 'AWS CLI';
  const version = await awsVersion(context);
  return version
    ? { name, state: 'ok', message: `${version}.` }
    : {
        name,
        state: 'unknown',
        message: 'Not found on the PATH.',
        next: 'It is needed only for its own commands, with profiles of configure.',
      };
}

function awsVersion(context: Context): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn('aws', ['--version'], {
      env: context.env as NodeJS.ProcessEnv,
      // The option `timeout` goes on counting where there is no such program.
      signal: AbortSignal.timeout(PATIENCE_MS),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout?.on('data', chunk => {
      text += chunk;
    });
    child.once('error', () => resolve(undefined));
    child.once('close', code =>
      resolve(code === 0 ? /^aws-cli\/\S+/.exec(text)?.[0] : undefined),
    );
  });
}
