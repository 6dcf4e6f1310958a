import tabtab from '@pnpm/tabtab';
import { Command } from 'commander';
import { Context } from '../Context';
import { fishCompletion } from './fishCompletion';

/** Prints the script of a shell. */
export async function printCompletion(
  context: Context,
  program: Command,
  shell: 'bash' | 'zsh' | 'fish',
): Promise<void> {
  const name = program.name();
  const script =
    shell === 'fish'
      ? fishCompletion(program)
      : await tabtab.getCompletionScript({ name, completer: name, shell });
  context.stdout.write(script);
}
