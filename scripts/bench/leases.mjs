// Measures what decisions and lists cost on PostgreSQL: `yarn bench:leases [--leases=1000000] [--minutes=1]`.
import { inRoot } from '../lib/root.mjs';
import { spawn } from 'node:child_process';

const child = spawn(
  process.execPath,
  [
    '--expose-gc',
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    'src/testing/bench/leases.ts',
    ...process.argv.slice(2),
  ],
  { cwd: inRoot('plugins/break-glass-backend'), stdio: 'inherit' },
);
child.once('close', code => {
  process.exitCode = code ?? 1;
});
