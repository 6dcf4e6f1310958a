import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../../lib/root.mjs';

/**
 * Builds the command into a folder as it is published, with a person who is signed in and credentials that are
 * kept for an hour.
 */
export function installCommand(folder) {
  const cli = inRoot('packages/cli');
  execFileSync(process.execPath, [
    join(cli, 'scripts/build.mjs'),
    join(cli, 'src/main.ts'),
    join(folder, 'dist'),
  ]);
  mkdirSync(join(folder, 'bin'));
  const bin = join(folder, 'bin/break-glass');
  cpSync(join(cli, 'bin/break-glass'), bin);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
  execFileSync(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      inRoot('scripts/bench/lib/cli/keepCredentials.cjs'),
    ],
    { cwd: cli, env },
  );
  // Fails here where it would not come from what is kept.
  execFileSync(process.execPath, [bin, 'credential-process', 'payroll'], {
    env,
  });
  return { bin, env };
}
