import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/**
 * Runs a program of the workspace to its end.
 *
 * @param {string[]} command
 * @param {{environment?: Record<string, string | undefined>, quiet?: boolean}} options - with `quiet` the output is
 *   kept instead of shown
 * @returns {Promise<{ok: boolean, output: string}>}
 */
export function run(command, { environment, quiet } = {}) {
  return new Promise(resolve => {
    const child = spawn(command[0], command.slice(1), {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    const output = [];
    child.stdout?.on('data', chunk => output.push(chunk));
    child.stderr?.on('data', chunk => output.push(chunk));
    child.once('error', error => resolve({ ok: false, output: error.message }));
    child.once('close', code =>
      resolve({ ok: code === 0, output: Buffer.concat(output).toString() }),
    );
  });
}
