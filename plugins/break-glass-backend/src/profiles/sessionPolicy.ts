import { StatementConfig } from '../config/types';
import { inputError } from '../errors';
import { CompiledProfile, SessionPolicy } from './types';

/** Characters that AWS STS takes as session policy, inline text and managed ARNs together. */
export const SESSION_POLICY_LIMIT = 2_048;

/** What goes into a session policy. A stored scope has all of it, too. */
export type PolicyParts = Pick<
  CompiledProfile,
  'statements' | 'managedPolicyArns' | 'chaining'
> & { title?: string };

/** Roles assumed from the session, and roles passed on, would not carry its session policy (I14). */
const NO_CHAINING: StatementConfig = {
  Effect: 'Deny',
  Action: ['sts:AssumeRole*', 'iam:PassRole'],
  Resource: '*',
};

/** The statements of a profile, with the deny of chaining where it may not chain. */
export function withoutChaining({
  statements,
  chaining,
}: Pick<PolicyParts, 'statements' | 'chaining'>): StatementConfig[] {
  return chaining ? statements : [...statements, NO_CHAINING];
}

/**
 * Denies what the profile does not name. Nothing is lost by it, and something
 * gained: a resource policy that names the session itself, which its holder may
 * be able to write, is stopped by an explicit deny only (I14).
 */
function nothingElse({ statements, managedPolicyArns }: PolicyParts) {
  const allows = statements.filter(({ Effect }) => Effect === 'Allow');
  const actions = allows.flatMap(({ Action }) => Action ?? []);
  const unlimited =
    actions.length === 0 ||
    managedPolicyArns.length > 0 ||
    actions.includes('*') ||
    allows.some(({ NotAction }) => NotAction !== undefined);
  return unlimited
    ? []
    : [
        {
          Effect: 'Deny',
          NotAction: [...new Set(actions)].sort(),
          Resource: '*',
        },
      ];
}

/** Denies everything from an instant on: an explicit deny also beats managed session policies (I3). */
function noLongerThan(instant: number) {
  return {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: {
      DateGreaterThanEquals: { 'aws:CurrentTime': toSeconds(instant) },
    },
  };
}

/** ISO 8601 to the second, rounded down: never later than the lease. */
function toSeconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/**
 * The session policy as it goes to STS.
 * @param options - `leaseEndsAt` in epoch milliseconds; a standing role has no such end
 * @throws InputError `profile-too-large` with the size
 */
export function sessionPolicy(
  profile: PolicyParts,
  options: { leaseEndsAt?: number } = {},
): SessionPolicy {
  const policy = assemble(profile, options);
  if (policy.size > SESSION_POLICY_LIMIT) {
    throw inputError(
      'profile-too-large',
      `The profile ${profile.title ?? ''} comes to ${
        policy.size
      } characters as session policy; AWS takes at most ${SESSION_POLICY_LIMIT}. Ask the platform team to shorten it.`.replace(
        '  ',
        ' ',
      ),
    );
  }
  return policy;
}

/** The same whatever its size, for the check of the configuration. */
export function assemble(
  profile: PolicyParts,
  options: { leaseEndsAt?: number },
): SessionPolicy {
  const document = {
    Version: '2012-10-17',
    Statement: [
      ...profile.statements,
      ...nothingElse(profile),
      ...(profile.chaining ? [] : [NO_CHAINING]),
      ...(options.leaseEndsAt === undefined
        ? []
        : [noLongerThan(options.leaseEndsAt)]),
    ],
  };
  const json = JSON.stringify(document);
  const { managedPolicyArns } = profile;
  return {
    json,
    document,
    managedPolicyArns,
    size: json.length + managedPolicyArns.join('').length,
  };
}
