import { CallerPolicies } from '../policy/authorize';
import { PrincipalNames } from '../policy/principals';
import { RequestContext } from '../policy/RequestContext';
import { Account, Credential, RoleSession } from '../world/entities';
import { World } from '../world/World';

/** Who makes a call. */
export interface Caller extends PrincipalNames {
  credential: Credential;
  account: Account;
  /** `AIDA…` of a user, `AROA…:<session name>` of a session. */
  userId: string;
}

/** The ARN of a role session: without the role's path. */
export function sessionArn(session: RoleSession, partition: string): string {
  const { accountId, name } = session.role;
  return `arn:${partition}:sts::${accountId}:assumed-role/${name}/${session.name}`;
}

/** The caller whose keys these are. */
export function callerOf(credential: Credential, world: World): Caller {
  if (credential.kind === 'user') {
    const { user } = credential;
    const account = world.account(user.accountId);
    return {
      credential,
      account,
      accountId: account.id,
      partition: account.partition,
      arn: user.arn,
      principalArn: user.arn,
      userId: user.uniqueId,
    };
  }
  const account = world.account(credential.role.accountId);
  return {
    credential,
    account,
    accountId: account.id,
    partition: account.partition,
    arn: sessionArn(credential, account.partition),
    principalArn: credential.role.arn,
    userId: `${credential.role.uniqueId}:${credential.name}`,
  };
}

/** The policies that limit a caller, as they are in effect now. */
export function policiesOf(caller: Caller, world: World): CallerPolicies {
  const { credential } = caller;
  const owner = credential.kind === 'user' ? credential.user : credential.role;
  const grants = owner.grants.effective;
  const present = (arns: string[]) =>
    arns
      .map(arn => world.effectiveDocument(arn))
      .filter(document => document !== undefined);
  const policies: CallerPolicies = {
    identity: world.identityPolicies(grants),
    // A boundary that is gone allows nothing.
    boundary: grants.boundary ? present([grants.boundary]) : undefined,
  };
  if (credential.kind === 'session') {
    const { inlinePolicy, managedPolicyArns } = credential;
    if (inlinePolicy || managedPolicyArns.length > 0) {
      policies.session = [
        ...(inlinePolicy ? [inlinePolicy] : []),
        ...present(managedPolicyArns),
      ];
    }
  }
  return policies;
}

function sessionKeys(session: RoleSession, context: RequestContext): void {
  context
    .set('aws:SourceIdentity', session.sourceIdentity)
    .set('aws:TokenIssueTime', new Date(session.createdAt).toISOString())
    .set('aws:MultiFactorAuthPresent', String(session.mfa));
  const tags = [...session.role.tags.effective, ...session.tags];
  for (const [key, value] of tags) {
    context.set(`aws:PrincipalTag/${key}`, value);
  }
}

/** The condition keys that come with a caller, whatever the call. */
export function callerContext(caller: Caller, now: number): RequestContext {
  const { credential } = caller;
  const context = new RequestContext()
    .set('aws:CurrentTime', new Date(now).toISOString())
    .set('aws:EpochTime', String(Math.floor(now / 1000)))
    .set('aws:PrincipalArn', caller.principalArn)
    .set('aws:PrincipalAccount', caller.accountId)
    .set('aws:userid', caller.userId)
    .set('aws:SecureTransport', 'true')
    .set('aws:ViaAWSService', 'false');
  if (credential.kind === 'user') {
    return context
      .set('aws:PrincipalType', 'User')
      .set('aws:username', credential.user.name);
  }
  context.set('aws:PrincipalType', 'AssumedRole');
  sessionKeys(credential, context);
  return context;
}
