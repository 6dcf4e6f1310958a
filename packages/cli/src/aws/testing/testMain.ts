// A program for tests: the AWS half of the command in a process of its own, signed in by a variable.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Context } from '../../Context';
import { answerFromCache } from '../answerFromCache';

interface Settings {
  url: string;
  token: string;
  userRef: string;
  /** Where caches are. */
  folder: string;
}

async function main() {
  const settings = JSON.parse(process.env.BREAK_GLASS_TEST!) as Settings;
  const identity = {
    backendUrl: settings.url.replace(/\/api\/break-glass$/, ''),
    userRef: settings.userRef,
  };
  const context: Context = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    platform: process.platform,
    home: homedir(),
    folders: { config: settings.folder, cache: join(settings.folder, 'cache') },
    now: () => Date.now(),
    session: async () => {
      const { BreakGlassClient } = await import(
        'backstage-plugin-break-glass-common'
      );
      const client = new BreakGlassClient({
        baseUrl: async () => settings.url,
        fetch: (input, init) =>
          fetch(input, {
            ...init,
            headers: {
              ...init?.headers,
              Authorization: `Bearer ${settings.token}`,
            },
          }),
      });
      return { ...identity, client };
    },
    identity: async () => identity,
    openBrowser: async () => {},
  };
  const [name, ...args] = process.argv.slice(2);
  if (name === 'credential-process') {
    const answer = await answerFromCache(context, args);
    if (answer) {
      process.stdout.write(answer);
      return;
    }
  }
  const { runTestProgram } = await import('./runTestProgram');
  await runTestProgram(context);
}

void main();
