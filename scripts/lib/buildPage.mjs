import { inRoot } from './root.mjs';
import { Service } from './Service.mjs';

/**
 * Builds the page into packages/app/dist, where the backend serves it from.
 *
 * @param {string} logFile
 * @throws Error with the last lines of output when it fails
 */
export async function buildPage(logFile) {
  const build = new Service({
    name: 'build',
    command: [
      process.execPath,
      inRoot('node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
    ],
    cwd: inRoot('packages/app'),
    environment: { ...process.env, CI: '' },
    logFile,
  });
  const how = await build.exited;
  if (how !== 'ended with exit code 0') {
    throw new Error(`Building the page ${how}:\n${build.tail}`);
  }
}
