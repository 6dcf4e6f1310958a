import { ProfileSummary } from 'backstage-plugin-break-glass-common';
import { ProfileConfig } from '../config/types';
import { describeProfile } from './describeStatements';
import { assemble } from './sessionPolicy';

/** A profile in words, as the contract shows it; variables stay where they are. */
export async function profileSummary(
  profile: ProfileConfig,
): Promise<ProfileSummary> {
  return {
    id: profile.id,
    title: profile.title,
    description: profile.description,
    services: await describeProfile(profile),
    parameters: profile.parameters,
    managedPolicyArns: profile.managedPolicyArns,
    chaining: profile.chaining,
    residueReviewed: profile.residueReviewed,
  };
}

/** A profile as JSON, with its variables, as it goes to AWS but for the lease's end. */
export function profileDocument(
  profile: ProfileConfig,
): Record<string, unknown> {
  return assemble(profile, {}).document;
}
