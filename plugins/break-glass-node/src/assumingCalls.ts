/** Names of the calls that give out a session of a role, whoever vouches for the caller. */
export const ASSUMING_CALLS: ReadonlySet<string> = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
]);
