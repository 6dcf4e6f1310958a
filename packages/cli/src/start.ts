import { answerFromCache } from './aws/answerFromCache';
import { Context } from './Context';

/**
 * Runs one command line. What the AWS tools wait for on every call goes the short way; the rest of the command is
 * loaded only where it is needed.
 *
 * @param args - without the names of interpreter and script
 * @returns what to exit with; nothing is thrown
 */
export async function start(
  args: readonly string[],
  context: Context,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === 'credential-process') {
    const answer = await answerFromCache(context, rest);
    if (answer !== undefined) {
      context.stdout.write(answer);
      return 0;
    }
  }
  const { run } = await import('./run');
  return run(args, context);
}
