// A program for tests: the whole command in a process of its own, signed in by a variable instead of `login`.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Context } from '../../Context';
import { start } from '../../start';

interface Settings {
  url: string;
  token: string;
  userRef: string;
  /** Where caches are. */
  folder: string;
}

const { url, token, userRef, folder } = JSON.parse(
  process.env.BREAK_GLASS_TEST!,
) as Settings;

const identity = {
  backendUrl: url.replace(/\/api\/break-glass$/, ''),
  userRef,
};

const context: Context = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  platform: process.platform,
  home: homedir(),
  folders: { config: folder, cache: join(folder, 'cache') },
  now: () => Date.now(),
  session: async () => {
    const { clientOf } = await import('./clientOf');
    return { ...identity, client: clientOf(url, token) };
  },
  identity: async () => identity,
  openBrowser: async () => {},
};

void start(process.argv.slice(2), context).then(exitCode => {
  process.exitCode = exitCode;
});
