// Measures how a lease with many events is collected and read: `yarn bench:reading [--events=50000]`.
import { inRoot } from '../lib/root.mjs';
import { spawn } from 'node:child_process';

const child = spawn(
  process.execPath,
  [
    '--expose-gc',
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    'src/testing/bench/reading.ts',
    ...process.argv.slice(2),
  ],
  { cwd: inRoot('plugins/break-glass-backend'), stdio: 'inherit' },
);
child.once('close', code => {
  process.exitCode = code ?? 1;
});
