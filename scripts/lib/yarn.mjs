import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { nodeHeaders } from './nodeHeaders.mjs';
import { inRoot, ROOT } from './root.mjs';

/**
 * Runs Yarn in the version that package.json names, from the npm registry, as a bare machine has none.
 *
 * @param {string[]} args
 * @throws Error when it fails
 */
export function yarn(args) {
  const { packageManager } = JSON.parse(
    readFileSync(inRoot('package.json'), 'utf8'),
  );
  const version = packageManager.replace(/^yarn@/, '');
  // npm hands `nodedir` from the user's configuration to what it runs, and native builds would then use the headers
  // of another Node. So the variable is settled inside of npx, after npm had its say.
  const headers = nodeHeaders({
    executable: process.execPath,
    modulesVersion: process.versions.modules,
    configured: process.env.npm_config_nodedir,
  });
  const nodedir = headers
    ? ['env', `npm_config_nodedir=${headers}`]
    : ['env', '-u', 'npm_config_nodedir'];
  const line = [...nodedir, 'yarn', ...args].map(quote).join(' ');
  const { status, error } = spawnSync(
    'npx',
    ['--yes', `--package=@yarnpkg/cli-dist@${version}`, '-c', line],
    { cwd: ROOT, stdio: 'inherit' },
  );
  if (error || status !== 0) {
    throw new Error(
      `yarn ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`,
    );
  }
}

function quote(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
