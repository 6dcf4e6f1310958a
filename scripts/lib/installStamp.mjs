import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders with packages, besides the root. */
const WORKSPACES = ['packages', 'plugins'];

/**
 * What an installation depends on: the lock file, every package.json, the patches, Yarn's settings, and the binary
 * interface of Node for which native modules are built.
 *
 * @param {string} root - the repository
 * @param {string} modulesVersion - `process.versions.modules`
 */
export function installStamp(root, modulesVersion) {
  const hash = createHash('sha256');
  for (const file of [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...filesIn(root, '.yarn/patches'),
    ...WORKSPACES.flatMap(folder => manifestsIn(root, folder)),
  ]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return `${modulesVersion} ${hash.digest('hex')}`;
}

/** The stamp that the last finished installation left, if any. */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Notes that an installation is finished. */
export function writeStamp(file, stamp) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}

function manifestsIn(root, folder) {
  return namesIn(root, folder)
    .filter(name => namesIn(root, join(folder, name)).includes('package.json'))
    .map(name => join(folder, name, 'package.json'));
}

function filesIn(root, folder) {
  return namesIn(root, folder).map(name => join(folder, name));
}

function namesIn(root, folder) {
  try {
    return readdirSync(join(root, folder)).sort();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return [];
    }
    throw error;
  }
}
