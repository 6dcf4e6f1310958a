import { join } from 'node:path';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { cacheFolder } from '../cache/cacheFile';
import { FolderUnusable } from '../../files/FolderUnusable';
import { withLock } from '../../files/withLock';
import { AwsProfile } from './AwsProfile';
import { foreignProfiles, newLineOf, withBlock } from './blocks';
import {
  bytesOf,
  configFile,
  credentialsFile,
  readBytes,
  writeBytes,
} from './configFiles';
import { commandLine } from './commandLine';

/** What was, or would be, written. */
export interface ConfigChange {
  file: string;
  /** Bytes, one character each. */
  before: string;
  after: string;
}

/**
 * Changes the AWS config file.
 *
 * @param edit - from its bytes to what they are to be
 * @param dryRun - only says what would be
 * @throws CliError where other commands cannot be kept from changing it at the same time, or something else did
 */
export async function changeConfig(
  context: Context,
  edit: (bytes: string) => string | Promise<string>,
  dryRun: boolean,
): Promise<ConfigChange> {
  const file = configFile(context);
  const lock = join(cacheFolder(context.folders.cache), 'configure');
  const change = async () => {
    const before = await readBytes(file);
    const after = await edit(before);
    if (!dryRun && after !== before) {
      await writeBytes(file, before, after);
    }
    return { file, before, after };
  };
  if (dryRun) {
    return change();
  }
  return withLock(lock, change).catch(error => {
    if (!(error instanceof FolderUnusable)) throw error;
    throw new CliError(
      `${error.message} Until then ${file} stays as it is: only with a lock there do two commands not write it at once.`,
      EXIT.failed,
    );
  });
}

/**
 * Bytes of a config file with these profiles.
 *
 * @param command - what runs this command, before `credential-process`
 * @throws CliError where a profile of that name is not ours
 */
export async function withProfiles(
  context: Context,
  bytes: string,
  profiles: AwsProfile[],
  command: string[],
): Promise<string> {
  const file = configFile(context);
  const keys = credentialsFile(context);
  const others = [
    { file, names: foreignProfiles(bytes) },
    { file: keys, names: foreignProfiles(await readBytes(keys)) },
  ];
  const newLine = newLineOf(bytes, context.platform);
  return profiles.reduce((text, profile) => {
    const taken = others.find(({ names }) => names.has(profile.name));
    if (taken) {
      throw new CliError(
        `${taken.file} has a profile ${profile.name} that is not from break-glass. It stays as it is: choose another name with --name or --prefix.`,
        EXIT.usage,
      );
    }
    const line = commandLine(
      [...command, 'credential-process', ...profile.args],
      context.platform,
    );
    const lines = [
      `credential_process = ${bytesOf(line)}`,
      ...(profile.region ? [`region = ${profile.region}`] : []),
    ];
    return withBlock(text, { ...profile, lines }, newLine);
  }, bytes);
}
