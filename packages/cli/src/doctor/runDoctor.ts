import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { describeError } from '../frame/describeError';
import { line } from '../frame/inert';
import { say, sayJson } from '../frame/output';
import { Check, Finding } from './Check';
import { CHECKS } from './checks';

const WORDS = { ok: 'ok', problem: 'PROBLEM', unknown: '-' };

/**
 * Looks at everything, and says what to do.
 *
 * @throws CliError with `failed` where something is wrong
 */
export async function runDoctor(
  context: Context,
  options: { json: boolean; checks?: Check[] },
): Promise<void> {
  const findings: Finding[] = [];
  for (const check of options.checks ?? CHECKS) {
    const found = await check(context).catch(failed);
    findings.push(...[found].flat());
  }
  if (options.json) {
    sayJson(context, { findings });
  } else {
    say(context, findings.map(findingLine).join('\n'));
  }
  const problems = findings.filter(({ state }) => state === 'problem').length;
  if (problems > 0) {
    throw new CliError(
      problems === 1 ? 'One thing is wrong.' : `${problems} things are wrong.`,
      EXIT.failed,
    );
  }
}

function failed(error: unknown): Finding {
  return {
    name: 'Look',
    state: 'problem',
    message: describeError(error).message,
  };
}

function findingLine({ name, state, message, next }: Finding): string {
  const words = `${WORDS[state].padEnd(9)}${line`${name}`.padEnd(13)}`;
  return line`${words}${message}${next ? ` ${next}` : ''}`;
}
