import { CommanderError } from 'commander';
import { Context } from './Context';
import { Exit } from './Exit';
import { EXIT } from './exitCodes';
import { describeError } from './frame/describeError';
import { errorText } from './frame/errorText';
import { inertJson } from './frame/inert';
import { createProgram } from './program';

/**
 * Runs one command line. Whatever happens ends here: as an answer, or as one line on standard error.
 *
 * @param args - without the names of interpreter and script
 * @returns what to exit with; nothing is thrown
 */
export async function run(
  args: readonly string[],
  context: Context,
): Promise<number> {
  const json = wantsJson(args);
  try {
    await createProgram(context, { quiet: json }).parseAsync([...args], {
      from: 'user',
    });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof Exit) {
      return error.exitCode;
    }
    if (error instanceof CommanderError) {
      return describeUsage(error, json, context);
    }
    context.stderr.write(errorText(context, error, json));
    return describeError(context, error).exitCode;
  }
}

/** Help and version come as errors, too; the rest is a wrong command line that commander has described. */
function describeUsage(
  error: CommanderError,
  json: boolean,
  context: Context,
): number {
  if (error.exitCode === 0) {
    return EXIT.ok;
  }
  if (json) {
    const message = error.message.replace(/^error: /, '');
    const answer = { error: { message, exitCode: EXIT.usage } };
    context.stderr.write(`${inertJson(answer)}\n`);
  }
  return EXIT.usage;
}

function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).includes('--json');
}
