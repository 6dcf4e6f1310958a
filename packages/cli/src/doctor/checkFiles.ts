import { lstat } from 'node:fs/promises';
import { cacheFiles } from '../aws/cache/cacheFiles';
import { cacheFolder } from '../aws/cache/cacheFile';
import type { Context } from '../Context';
import { commandHint } from '../frame/commandHint';
import { SignIns } from '../signIn/SignIns';
import { TokenStore } from '../signIn/TokenStore';
import { Finding } from './Check';

/** Paths that are written out; the rest is counted. */
const MOST_NAMED = 5;

/** What is wrong with a path: others can read it, or it is a link, of another kind, or somebody else's. */
type Fault = 'open' | 'foreign';

/** Whether anybody else can read what we keep, or has put something in its place. */
export async function checkFiles(context: Context): Promise<Finding> {
  const name = 'Files';
  const { config, cache } = context.folders;
  if (context.platform === 'win32') {
    return { name, state: 'ok', message: 'They are in your profile.' };
  }
  const kept = await faultsOf([
    [config, 'folder'],
    [cache, 'folder'],
    [new SignIns(context).path, 'file'],
    [new TokenStore(context).path, 'file'],
  ]);
  const credentials = await credentialFaults(cacheFolder(cache));
  const faults = new Map([...kept, ...credentials]);
  if (faults.size === 0) {
    return { name, state: 'ok', message: `Only you can read them: ${config}` };
  }
  return {
    name,
    state: 'problem',
    message: `Others can read, or have changed: ${named([...faults.keys()])}.`,
    next: [...nextSteps(context, kept), ...credentialSteps(credentials)].join(
      ' ',
    ),
  };
}

/** Nothing is looked for in a folder that is not the person's. */
async function credentialFaults(folder: string): Promise<Map<string, Fault>> {
  const itself = await faultsOf([[folder, 'folder']]);
  if (itself.get(folder) === 'foreign') {
    return itself;
  }
  const files = await cacheFiles(folder);
  const inside = await faultsOf(files.map(file => [file, 'file']));
  return new Map([...itself, ...inside]);
}

async function faultsOf(
  paths: Array<[path: string, type: 'file' | 'folder']>,
): Promise<Map<string, Fault>> {
  const faults = new Map<string, Fault>();
  for (const [path, type] of paths) {
    const fault = await faultOf(path, type);
    if (fault) faults.set(path, fault);
  }
  return faults;
}

async function faultOf(
  path: string,
  type: 'file' | 'folder',
): Promise<Fault | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) {
    return undefined;
  }
  const expected = type === 'file' ? stats.isFile() : stats.isDirectory();
  if (!expected || stats.uid !== (process.getuid?.() ?? stats.uid)) {
    return 'foreign';
  }
  return (stats.mode & 0o077) !== 0 ? 'open' : undefined;
}

function nextSteps(context: Context, faults: Map<string, Fault>): string[] {
  const found = new Set(faults.values());
  return [
    ...(found.has('open')
      ? [
          `Run: chmod go= on each, then ${commandHint(
            context,
            'logout',
          )}, and sign in again.`,
        ]
      : []),
    ...(found.has('foreign')
      ? ['Look at what is a link or somebody else’s, and remove it.']
      : []),
  ];
}

function credentialSteps(faults: Map<string, Fault>): string[] {
  return faults.size > 0
    ? [
        'Delete those of credentials; if you do not know how that came, end the lease, too.',
      ]
    : [];
}

function named(paths: string[]): string {
  const more = paths.length - MOST_NAMED;
  const first = paths.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}
