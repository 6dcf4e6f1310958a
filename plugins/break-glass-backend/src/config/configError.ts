import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Name of our section in the configuration. */
export const CONFIG_SECTION = 'breakGlass';

/** One thing that is wrong: which key, and why. */
export interface ConfigProblem {
  /** Path below the section, e.g. `['roles', 0, 'maxDuration']`. */
  path: PropertyKey[];
  /** A part of a sentence that follows the key, e.g. `must be 12 digits`. */
  reason: string;
}

/** `breakGlass.roles[0].maxDuration` */
export function keyOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    CONFIG_SECTION,
  );
}

/** An error that names every wrong key, one to a line, so that one look mends them all. */
export function configError(problems: ConfigProblem[]): InputError {
  const lines = problems.map(({ path, reason }) => `${keyOf(path)}: ${reason}`);
  return new InputError(
    lines.length === 1
      ? `Wrong configuration at ${lines[0]}`
      : `Wrong configuration:\n${lines.map(line => `- ${line}`).join('\n')}`,
  );
}

/** What zod found, as problems; an unknown key is named itself, not its parent. */
export function problemsOf(error: z.ZodError): ConfigProblem[] {
  return error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({
          path: [...issue.path, key],
          reason: 'unknown key; check its spelling and its place',
        }))
      : [{ path: issue.path, reason: reasonOf(issue) }],
  );
}

function reasonOf(issue: z.core.$ZodIssue): string {
  const missing =
    issue.code === 'invalid_type' && / received undefined$/.test(issue.message);
  return missing ? 'is missing' : issue.message;
}
