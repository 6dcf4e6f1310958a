import type {
  ProfileParameter,
  ProfileSummary,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { prompts } from '../../frame/ask';
import { line } from '../../frame/inert';

/**
 * The values of a profile's parameters: given as `name=value`, or asked for. Whether a value fits is the portal's to
 * say.
 *
 * @throws CliError with `usage` for an unknown name, and for a missing value where nobody can be asked
 */
export async function fillParameters(
  context: Context,
  profile: ProfileSummary,
  given: string[],
): Promise<Record<string, string>> {
  const values = new Map(given.map(readParameter));
  for (const name of values.keys()) {
    if (!profile.parameters.some(parameter => parameter.name === name)) {
      throw new CliError(
        line`Profile ${profile.id} has no parameter "${name}". It has: ${
          profile.parameters.map(parameter => parameter.name).join(', ') ||
          'none'
        }`,
        EXIT.usage,
      );
    }
  }
  for (const parameter of profile.parameters) {
    if (parameter.required && !values.has(parameter.name)) {
      values.set(parameter.name, await ask(context, parameter));
    }
  }
  return Object.fromEntries(values);
}

function readParameter(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new CliError(
      line`"${text}" is no parameter. It looks like bucket=payroll-reports`,
      EXIT.usage,
    );
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

async function ask(
  context: Context,
  { name, title, example }: ProfileParameter,
): Promise<string> {
  const like = example ? `, such as ${example}` : '';
  const { input } = await prompts(
    context,
    line`Give the profile's parameter: --param ${name}=VALUE${like}`,
  );
  return (await input(line`${title}${like}`, { required: true })).trim();
}
