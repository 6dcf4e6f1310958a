import { AwsProfile } from '../../aws/config/AwsProfile';
import { blockChanges } from '../../aws/config/blockChanges';
import { Block, findBlocks, withoutBlocks } from '../../aws/config/blocks';
import {
  changeConfig,
  ConfigChange,
  withProfiles,
} from '../../aws/config/changeConfig';
import { textOf } from '../../aws/config/configFiles';
import { offeredProfiles } from '../../aws/config/offeredProfiles';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { say, sayJson } from '../../frame/output';
import type { ConfigureOptions } from '../configure';

/** What names begin with, unless it is said. */
const PREFIX = 'bg-';

interface Done {
  change: ConfigChange;
  /** Name and what it is for. */
  profiles: Array<{ name: string; title: string }>;
}

/**
 * Writes profiles into the AWS config file, or takes them out.
 *
 * @throws CliError where the file cannot be changed without touching what others wrote
 */
export async function configureProfiles(
  context: Context,
  accounts: string[],
  options: ConfigureOptions,
  command: string[],
): Promise<void> {
  const which = options.all ? 'all' : accounts;
  if ((which === 'all') === accounts.length > 0) {
    throw new CliError('Say which accounts, or --all.', EXIT.usage);
  }
  const done = options.remove
    ? await remove(context, which, options)
    : await write(context, which, options, command);
  await report(context, done, options);
}

async function write(
  context: Context,
  accounts: string[] | 'all',
  options: ConfigureOptions,
  command: string[],
): Promise<Done> {
  const profiles: AwsProfile[] = await offeredProfiles(context, accounts, {
    ...options,
    prefix: options.prefix ?? PREFIX,
  });
  const words = options.command ? [options.command] : command;
  const change = await changeConfig(
    context,
    bytes => withProfiles(context, bytes, profiles, words),
    Boolean(options.dryRun),
  );
  return { change, profiles };
}

/** Asks the portal nothing: what was written can be taken out whatever became of it. */
async function remove(
  context: Context,
  accounts: string[] | 'all',
  options: ConfigureOptions,
): Promise<Done> {
  let gone: Block[] = [];
  const change = await changeConfig(
    context,
    bytes => {
      const blocks = findBlocks(bytes);
      for (const typed of accounts === 'all' ? [] : accounts) {
        if (!blocks.some(block => means(typed, block))) {
          throw new CliError(
            line`break-glass wrote no profile for "${typed}". To see what it wrote: ${commandHint(
              context,
              'configure --all --remove --dry-run',
            )}`,
            EXIT.usage,
          );
        }
      }
      gone = blocks.filter(
        block =>
          isChosen(block, bytes.slice(block.start, block.end), options) &&
          (accounts === 'all' || accounts.some(typed => means(typed, block))),
      );
      return withoutBlocks(bytes, new Set(gone.map(({ name }) => name)));
    },
    Boolean(options.dryRun),
  );
  const profiles = gone.map(({ name, accountRef }) => ({
    name,
    title: accountRef,
  }));
  return { change, profiles };
}

/** The line that tools run says for which role and profile a block is. */
function isChosen(
  { name }: Block,
  text: string,
  { role, profile, prefix, ...options }: ConfigureOptions,
): boolean {
  const words = text.split(/\s+/);
  const has = (option: string, value: string | undefined) =>
    value === undefined || words[words.indexOf(option) + 1] === value;
  return (
    (options.name ?? name) === name &&
    name.startsWith(prefix ?? '') &&
    has('--role', role) &&
    has('--profile', profile)
  );
}

/** Of an account, the file knows its reference; a block is known by its profile, too. */
function means(typed: string, { name, accountRef }: Block): boolean {
  const words = typed.toLowerCase();
  const ref = accountRef.toLowerCase();
  return ref === words || ref.endsWith(`/${words}`) || name === typed;
}

async function report(
  context: Context,
  { change, profiles }: Done,
  options: ConfigureOptions,
): Promise<void> {
  const { file, before, after } = change;
  const changed = before !== after;
  if (options.json) {
    sayJson(context, {
      file,
      changed: changed && !options.dryRun,
      profiles: profiles.map(({ name }) => name),
      changes: blockChanges(before, after),
    });
  } else if (!changed) {
    say(context, `Nothing to change in ${file}.`);
  } else if (options.dryRun) {
    const { createTwoFilesPatch } = await import('diff');
    say(
      context,
      createTwoFilesPatch(file, file, textOf(before), textOf(after)).trimEnd(),
    );
  } else {
    const lines = profiles.map(({ name, title }) => `  ${name}  (${title})`);
    const verb = options.remove ? 'Removed from' : 'Written to';
    say(context, [`${verb} ${file}:`, ...lines].join('\n'));
  }
}
