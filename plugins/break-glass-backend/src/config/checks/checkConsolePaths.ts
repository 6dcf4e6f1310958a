import { ConfigProblem } from '../configError';
import { isPlainPath } from '../consolePath';
import { Section } from '../schema/sectionSchema';
import { fillVariables, variablesIn } from '../variables';

/** A console path must be one that browsers take as it is, whatever is filled in, and hold no other braces than ours. */
export function checkConsolePaths(section: Section): ConfigProblem[] {
  return section.profiles.flatMap(({ consolePath }, index) =>
    consolePath === undefined || fits(consolePath)
      ? []
      : [
          {
            path: ['profiles', index, 'consolePath'],
            reason:
              'must be a path below the console host as a browser shows it, e.g. /s3/buckets: no //, .., spaces or backslashes, no braces but of variables',
          },
        ],
  );
}

function fits(path: string): boolean {
  const example = fillVariables(
    path,
    Object.fromEntries(variablesIn(path).map(name => [name, 'x'])),
  );
  return isPlainPath(example) && !/[{}]/.test(example);
}
