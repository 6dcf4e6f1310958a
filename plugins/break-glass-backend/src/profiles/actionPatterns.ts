import { StatementConfig } from '../config/types';

/** A value of a policy, which may stand alone or in a list, as a list. */
export function asList(value: string | string[] | undefined): string[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** Whether an action such as `s3:GetObject` fits an IAM pattern such as `s3:Get*`; case does not count. */
export function matchesAction(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'i').test(action);
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

/** Whether a deny holds everywhere and always, so that nothing of the action is left. */
export function isUnconditionalDeny(statement: StatementConfig): boolean {
  return (
    statement.Effect === 'Deny' &&
    statement.Condition === undefined &&
    asList(statement.Resource).includes('*')
  );
}
