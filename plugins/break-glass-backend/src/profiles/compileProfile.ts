import { Account } from '../accounts/types';
import { ProfileConfig } from '../config/types';
import { fillVariables, variablesIn } from '../config/variables';
import { fillStatements } from './fillStatements';
import { checkParameters } from './parameters';
import { CompiledProfile } from './types';

/** What a profile needs to know of an account. */
export type ProfileAccount = Pick<
  Account,
  'accountId' | 'partition' | 'region'
>;

/**
 * Fills a profile in for one account. The same input gives the same result, which is part of the scope (I2).
 * @throws InputError `profile-parameter` with the name of the parameter that is wrong
 */
export function compileProfile(
  profile: ProfileConfig,
  account: ProfileAccount,
  parameters: Readonly<Record<string, string>>,
): CompiledProfile {
  const checked = checkParameters(profile, parameters);
  return { ...fillProfile(profile, account, checked), parameters: checked };
}

/** A profile with values that are not checked again: for {@link compileProfile} and the check of the configuration. */
export function fillProfile(
  profile: ProfileConfig,
  account: ProfileAccount,
  parameters: Readonly<Record<string, string>>,
): Omit<CompiledProfile, 'parameters'> {
  const values = {
    ...parameters,
    accountId: account.accountId,
    partition: account.partition,
    region: account.region,
  };
  const consolePath = fillConsolePath(profile.consolePath, values);
  return {
    id: profile.id,
    title: profile.title,
    statements: fillStatements(profile.statements, values),
    managedPolicyArns: profile.managedPolicyArns
      .map(arn => fillVariables(arn, values))
      .sort(),
    chaining: profile.chaining,
    residueReviewed: profile.residueReviewed,
    ...(consolePath !== undefined && { consolePath }),
  };
}

/** Values are encoded; without a value for one of its variables there is no path. */
function fillConsolePath(
  path: string | undefined,
  values: Readonly<Record<string, string>>,
): string | undefined {
  if (
    path === undefined ||
    variablesIn(path).some(name => values[name] === undefined)
  ) {
    return undefined;
  }
  const encoded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      encodeURIComponent(value),
    ]),
  );
  return fillVariables(path, encoded);
}
