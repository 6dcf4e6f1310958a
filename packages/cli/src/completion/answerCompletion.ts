import tabtab from '@pnpm/tabtab';
import { Command } from 'commander';
import { Context } from '../Context';
import { suggest } from './suggestions';

/** Answers a shell that asks what may follow, in the form that its script understands. */
export function answerCompletion(context: Context, program: Command): void {
  const { complete, partial } = tabtab.parseEnv(context.env);
  if (!complete) {
    return;
  }
  const [, ...words] = partial.split(/\s+/);
  tabtab.log(
    suggest(program, words.slice(0, -1)),
    tabtab.getShellFromEnv(context.env),
    text => context.stdout.write(`${text}\n`),
  );
}
