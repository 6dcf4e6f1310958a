import { StatementConfig } from '../config/types';

/** A value of a policy, which may stand alone or in a list, as a list. */
export function asList(value: string | string[] | undefined): string[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** IAM's pattern as a regular expression for the whole text: `*` is any text, `?` any one character. */
export function wildcard(pattern: string, flags = 's'): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, flags);
}

/** Whether an action such as `s3:GetObject` fits an IAM pattern such as `s3:Get*`; case does not count. */
export function matchesAction(pattern: string, action: string): boolean {
  return wildcard(pattern, 'i').test(action);
}

/** Whether a statement speaks of an action at all, whatever its resources and conditions. */
export function coversAction(
  statement: StatementConfig,
  action: string,
): boolean {
  const fits = (patterns: string[]) =>
    patterns.some(pattern => matchesAction(pattern, action));
  return statement.NotAction === undefined
    ? fits(asList(statement.Action))
    : !fits(asList(statement.NotAction));
}
