import { partitionSchema } from 'backstage-plugin-break-glass-common';
import { configError } from '../config/configError';
import { MAX_REGION_LENGTH } from '../config/regions';
import { BreakGlassConfig, ProfileConfig } from '../config/types';
import { ProfileAccount, fillProfile } from './compileProfile';
import { SESSION_POLICY_LIMIT, assemble } from './sessionPolicy';

/** An account with the longest values there can be. */
const LONGEST_ACCOUNT: ProfileAccount = {
  accountId: '000000000000',
  partition: partitionSchema.options.reduce((longest, partition) =>
    partition.length > longest.length ? partition : longest,
  ),
  region: 'x'.repeat(MAX_REGION_LENGTH),
};

/**
 * Checks that every profile fits into a session policy, with the longest values that people may give.
 * Part of reading the configuration; it stands here because only this room knows session policies.
 * @throws InputError that names every profile that does not fit, with its size
 */
export function checkProfiles(
  config: Pick<BreakGlassConfig, 'profiles'>,
): void {
  const problems = config.profiles.flatMap((profile, index) => {
    const size = largestSize(profile);
    return size <= SESSION_POLICY_LIMIT
      ? []
      : [
          {
            path: ['profiles', index, 'statements'],
            reason: `the profile '${profile.id}' comes to ${size} characters as session policy with the longest allowed values; AWS takes at most ${SESSION_POLICY_LIMIT}`,
          },
        ];
  });
  if (problems.length > 0) {
    throw configError(problems);
  }
}

/** Values are printable ASCII without quotes and backslashes, so none grows in JSON. */
function largestSize(profile: ProfileConfig): number {
  const longest = Object.fromEntries(
    profile.parameters.map(({ name, maxLength }) => [
      name,
      'x'.repeat(maxLength),
    ]),
  );
  return assemble(fillProfile(profile, LONGEST_ACCOUNT, longest), {
    leaseEndsAt: 0,
  }).size;
}
