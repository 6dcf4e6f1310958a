import { Account } from '../accounts/types';
import { ProfileConfig } from '../config/types';
import { fillVariables } from '../config/variables';
import { fillConsolePath } from './fillConsolePath';
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
