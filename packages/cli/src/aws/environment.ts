import {
  awsVariables,
  OLDER_VARIABLES,
  ShellCredentials,
} from 'backstage-plugin-break-glass-common/credentials';
import { Context } from '../Context';

/**
 * The environment of a command that runs with credentials: older AWS variables are gone.
 * @throws UnsafeValueError where a value is not of the form it must have
 */
export function environmentWith(
  { env, platform }: Pick<Context, 'env' | 'platform'>,
  credentials: ShellCredentials,
): Record<string, string | undefined> {
  const variables = awsVariables(credentials);
  const replaced = new Set([
    ...OLDER_VARIABLES,
    ...variables.map(([name]) => name),
  ]);
  // Windows knows AWS_PROFILE and aws_profile as one.
  const nameOf = (name: string) =>
    platform === 'win32' ? name.toUpperCase() : name;
  return {
    ...Object.fromEntries(
      Object.entries(env).filter(([name]) => !replaced.has(nameOf(name))),
    ),
    ...Object.fromEntries(variables),
  };
}
