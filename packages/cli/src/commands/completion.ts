import { Argument, Command } from 'commander';
import { Context } from '../Context';

/** `break-glass completion`, and what the shells call while somebody types. */
export function registerCompletion(program: Command, context: Context): void {
  program
    .command('completion')
    .summary('print the completion of a shell')
    .description(
      'Print a script by which a shell completes commands and options.',
    )
    .addArgument(
      new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']),
    )
    .addHelpText(
      'after',
      `
bash: break-glass completion bash >> ~/.bashrc
zsh:  break-glass completion zsh >> ~/.zshrc
fish: break-glass completion fish > ~/.config/fish/completions/break-glass.fish`,
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { printCompletion } = await import('../completion/printCompletion');
      await printCompletion(context, program, shell);
    });
  program
    .command('completion-server', { hidden: true })
    .argument('[words...]')
    .action(async () => {
      const { answerCompletion } = await import(
        '../completion/answerCompletion'
      );
      answerCompletion(context, program);
    });
}
