import { lstat } from 'node:fs/promises';
import type { Context } from '../Context';
import { SignIns } from '../signIn/SignIns';
import { TokenStore } from '../signIn/TokenStore';
import { Finding } from './Check';

/** Whether anybody else can read what we keep. */
export async function checkFiles(context: Context): Promise<Finding> {
  const name = 'Files';
  const { config, cache } = context.folders;
  const paths = [
    config,
    cache,
    new SignIns(context).path,
    new TokenStore(context).path,
  ];
  if (context.platform === 'win32') {
    return { name, state: 'ok', message: 'They are in your profile.' };
  }
  const open = [];
  for (const path of paths) {
    if (await isOpen(path)) open.push(path);
  }
  return open.length === 0
    ? { name, state: 'ok', message: `Only you can read them: ${config}` }
    : {
        name,
        state: 'problem',
        message: `Others can read, or have changed: ${open.join(', ')}.`,
        next: `Run: chmod go= on each, then break-glass logout and login.`,
      };
}

async function isOpen(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return (
    stats !== undefined &&
    (stats.isSymbolicLink() ||
      (stats.mode & 0o077) !== 0 ||
      stats.uid !== (process.getuid?.() ?? stats.uid))
  );
}
