// The tests that take long: races, kills and lives of leases, with many rounds. `yarn nightly`
import { spawn } from 'node:child_process';
import { inRoot } from './lib/root.mjs';

const child = spawn(
  process.execPath,
  [
    inRoot('node_modules/@backstage/cli/bin/backstage-cli'),
    ...['package', 'test', '--watchAll=false', '--maxWorkers=1'],
    ...['src/races.test.ts', 'src/crashUnderLoad.test.ts'],
    'src/lifeOfLeases.test.ts',
  ],
  {
    cwd: inRoot('plugins/break-glass-backend'),
    stdio: 'inherit',
    env: {
      ...process.env,
      CI: 'true',
      BREAK_GLASS_RACE_ROUNDS: '200',
      BREAK_GLASS_KILLS: '20',
      BREAK_GLASS_LIFE_RUNS: '10000',
    },
  },
);
child.once('close', code => {
  process.exitCode = code ?? 1;
});
