// Installs what is missing, and does nothing when nothing changed. Runs before `npm start` and `npm test`.
import { spawnSync } from 'node:child_process';
import { installStamp, readStamp, writeStamp } from './lib/installStamp.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { yarn } from './lib/yarn.mjs';

const STAMP_FILE = inRoot('node_modules/.break-glass-installed');

function install() {
  const stamp = installStamp(ROOT, process.versions.modules);
  if (readStamp(STAMP_FILE) === stamp) {
    return;
  }
  console.log('Installing packages (the first time takes a few minutes) …');
  yarn(['install', '--immutable']);
  if (!databaseModuleLoads()) {
    console.log(`Building the SQLite module for Node ${process.version} …`);
    yarn(['rebuild', 'better-sqlite3']);
    if (!databaseModuleLoads()) {
      throw new Error(
        `better-sqlite3 does not load on Node ${process.version}; building it needs python3, make and a C++ compiler`,
      );
    }
  }
  writeStamp(STAMP_FILE, stamp);
}

/** Native modules stay as they were built when Node changes, and Yarn sees no reason to build them again. */
function databaseModuleLoads() {
  const { status } = spawnSync(
    process.execPath,
    ['-e', "new (require('better-sqlite3'))(':memory:')"],
    { cwd: ROOT, stdio: 'ignore' },
  );
  return status === 0;
}

try {
  install();
} catch (error) {
  console.error(`Installation failed: ${error.message}`);
  process.exit(1);
}
