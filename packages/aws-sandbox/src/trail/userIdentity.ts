import { Caller } from '../services/Caller';
import { recordTime } from './format';

/** The caller as the `userIdentity` of a record in its own account. */
export function userIdentity(caller: Caller): Record<string, unknown> {
  const { credential } = caller;
  const common = {
    principalId: caller.userId,
    arn: caller.arn,
    accountId: caller.accountId,
    accessKeyId: credential.accessKeyId,
  };
  if (credential.kind === 'user') {
    return { type: 'IAMUser', ...common, userName: credential.user.name };
  }
  const { role, sourceIdentity, createdAt, mfa } = credential;
  return {
    type: 'AssumedRole',
    ...common,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: role.uniqueId,
        arn: role.arn,
        accountId: role.accountId,
        userName: role.name,
      },
      attributes: {
        creationDate: recordTime(createdAt),
        mfaAuthenticated: String(mfa),
      },
      ...(sourceIdentity && { sourceIdentity }),
    },
  };
}

/** The caller as another account sees it: no ARN, no name. */
export function foreignIdentity(caller: Caller): Record<string, unknown> {
  return {
    type: 'AWSAccount',
    principalId: caller.userId,
    accountId: caller.accountId,
  };
}
