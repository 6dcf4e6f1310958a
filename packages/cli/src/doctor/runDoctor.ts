import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { describeError } from '../frame/describeError';
import { line } from '../frame/inert';
import { say, sayJson } from '../frame/output';
import { askPortal } from './askPortal';
import { Check, Finding, Round } from './Check';
import { CHECKS } from './checks';

const WORDS = { ok: 'ok', problem: 'PROBLEM', unknown: '-' };

/** How long the portal may take for a sign of life, and for everything; and how long the keyring. */
const PATIENCE_MS = { sign: 8_000, all: 15_000, keyring: 10_000 };

/** How to look; `patienceMs` stands in for ours in tests. */
export interface DoctorOptions {
  json: boolean;
  patienceMs?: typeof PATIENCE_MS;
}

/**
 * Looks at everything, and says what to do.
 *
 * @throws CliError with `failed` where something is wrong
 */
export async function runDoctor(
  context: Context,
  options: DoctorOptions,
): Promise<void> {
  const { sign, all, keyring } = options.patienceMs ?? PATIENCE_MS;
  const round: Round = {
    portal: askPortal(context, AbortSignal.timeout(sign)),
    signal: AbortSignal.timeout(all),
    keyringMs: keyring,
  };
  const findings = (
    await Promise.all(CHECKS.map(row => lookAt(context, row, round)))
  ).flat();
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

async function lookAt(
  context: Context,
  row: Check[],
  round: Round,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of row) {
    const found = await check(context, round).catch(error =>
      failed(context, error),
    );
    findings.push(...[found].flat());
  }
  return findings;
}

function failed(context: Context, error: unknown): Finding {
  return {
    name: 'Look',
    state: 'problem',
    message: describeError(context, error).message,
  };
}

function findingLine({ name, state, message, next }: Finding): string {
  const words = `${WORDS[state].padEnd(9)}${line`${name}`.padEnd(13)}`;
  return line`${words}${message}${next ? ` ${next}` : ''}`;
}
