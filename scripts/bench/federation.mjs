// Measures what the portal adds to AssumeRole, at one person and at fifty, on PostgreSQL: `yarn bench:federation [--rounds=7]`.
import { spawn } from 'node:child_process';
import { inRoot } from '../lib/root.mjs';

const child = spawn(
  process.execPath,
  [
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    'src/testing/bench/federation.ts',
    ...process.argv.slice(2),
  ],
  { cwd: inRoot('plugins/break-glass-backend'), stdio: 'inherit' },
);
child.once('close', code => {
  process.exitCode = code ?? 1;
});
