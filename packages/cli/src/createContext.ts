import envPaths from 'env-paths';
import { homedir } from 'node:os';
import { Context } from './Context';
import { SignIns } from './signIn/SignIns';

/** The context of this process. */
export function createContext(): Context {
  const { config, cache } = envPaths('break-glass', { suffix: '' });
  const context: Context = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: { ...process.env },
    platform: process.platform,
    home: homedir(),
    folders: { config, cache },
    now: () => Date.now(),
    session: async signal => {
      const [{ openSession }, { TokenStore }] = await Promise.all([
        import('./signIn/openSession'),
        import('./signIn/TokenStore'),
      ]);
      return openSession(context, new TokenStore(context), signal);
    },
    identity: async () => {
      const signIns = new SignIns(context);
      const backendUrl = await signIns.portal();
      const signIn = backendUrl && (await signIns.get(backendUrl));
      return signIn ? { backendUrl, userRef: signIn.userRef } : undefined;
    },
    openBrowser: async url => {
      const { openBrowser } = await import('./openBrowser');
      await openBrowser(url);
    },
  };
  return context;
}
