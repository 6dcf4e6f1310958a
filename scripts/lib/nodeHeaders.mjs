import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Finds the headers that native modules are built with: those of the Node that runs, never of another one.
 *
 * @param {{executable: string, modulesVersion: string, configured?: string}} node - path of the running Node,
 *   `process.versions.modules`, and the folder that the person's npm configuration names
 * @returns {string | undefined} a folder with `include/node`; undefined lets node-gyp download them
 */
export function nodeHeaders({ executable, modulesVersion, configured }) {
  const prefix = dirname(dirname(executable));
  const candidates = [
    configured,
    prefix,
    // Where the npm package `node` keeps what belongs to its executable.
    join(prefix, `node_modules/node-${process.platform}-${process.arch}`),
  ];
  return candidates.find(
    folder => folder && modulesVersionOf(folder) === modulesVersion,
  );
}

function modulesVersionOf(folder) {
  try {
    const header = readFileSync(
      join(folder, 'include/node/node_version.h'),
      'utf8',
    );
    return /^#define NODE_MODULE_VERSION (\d+)/m.exec(header)?.[1];
  } catch {
    return undefined;
  }
}
