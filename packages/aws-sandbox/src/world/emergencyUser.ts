import { allow, policy } from './policyWords';
import { AccountSeed, UserSeed } from './WorldSeed';

/**
 * A sealed user of the payments account for the day on which the portal is down. It may assume `BreakGlassAdmin`
 * with its second factor, and nothing else.
 */
export const EMERGENCY_USER = {
  arn: 'arn:aws:iam::222233334444:user/break-glass-1',
  roleArn: 'arn:aws:iam::222233334444:role/break-glass/BreakGlassAdmin',
  mfaSerialNumber: 'arn:aws:iam::222233334444:mfa/break-glass-1',
  mfaCode: '274516',
  accessKeyId: 'AKIASANDBOXEMERGENCY',
  secretAccessKey: 'sandbox-emergency-secret-payments',
} as const;

/** The payments account with its emergency user, whom `BreakGlassAdmin` trusts. */
export function withEmergencyUser(account: AccountSeed): AccountSeed {
  const { arn, roleArn, mfaCode, accessKeyId, secretAccessKey } =
    EMERGENCY_USER;
  const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const roles = account.roles?.map(role =>
    roleArn.endsWith(role.path)
      ? {
          ...role,
          trust: policy(...role.trust.Statement, {
            Effect: 'Allow',
            Principal: { AWS: arn },
            Action: 'sts:AssumeRole',
            Condition: withMfa,
          }),
        }
      : role,
  );
  const user: UserSeed = {
    path: '/break-glass-1',
    keys: [{ accessKeyId, secretAccessKey }],
    mfaCode,
    inline: { Emergency: policy(allow(['sts:AssumeRole'], roleArn)) },
  };
  return { ...account, roles, users: [user] };
}
