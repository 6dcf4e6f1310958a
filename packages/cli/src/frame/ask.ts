import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';

/** Whether somebody sits at a terminal. */
export function canAsk(context: Context): boolean {
  return Boolean(context.stdin.isTTY && context.stderr.isTTY);
}

/**
 * The prompts, which show themselves on standard error, so that the answer can be piped.
 *
 * @param missing - what to say where nobody can be asked
 * @throws CliError with `usage` where nobody sits there
 */
export async function prompts(context: Context, missing: string) {
  if (!canAsk(context)) {
    throw new CliError(missing, EXIT.usage);
  }
  const inquirer = await import('@inquirer/prompts');
  const io = { input: context.stdin, output: context.stderr };
  return {
    confirm: (message: string, byDefault: boolean) =>
      inquirer.confirm({ message, default: byDefault }, io),
    input: (
      message: string,
      options: { required?: boolean; initial?: string } = {},
    ) =>
      inquirer.input(
        { message, required: options.required, default: options.initial },
        io,
      ),
    select: <T>(message: string, choices: Array<{ name: string; value: T }>) =>
      inquirer.select<T>({ message, choices }, io),
  };
}

/**
 * One line of text that has to be there.
 *
 * @param missing - what to say where nobody can be asked
 * @throws CliError with `usage` where nobody sits there
 */
export async function askText(
  context: Context,
  question: string,
  missing: string,
): Promise<string> {
  const { input } = await prompts(context, missing);
  return (await input(question, { required: true })).trim();
}
