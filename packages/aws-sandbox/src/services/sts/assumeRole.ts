import { AwsError } from '../../AwsError';
import { elementTime } from '../../trail/format';
import { Role, RoleSession } from '../../world/entities';
import { Caller, sessionArn } from '../Caller';
import { recordedInput } from '../input';
import { accessDenied, Call, Demand, Operation, Result } from '../Operation';
import { AssumeRoleInput, readAssumeRoleInput } from './assumeRoleInput';
import { packedPolicySize, readSessionPolicy } from './sessionPolicy';

const CHAINED_LIMIT_SECONDS = 3_600;
const DEFAULT_SECONDS = 3_600;

function refused(caller: Caller, action: string, roleArn: string): AwsError {
  return accessDenied(
    'query',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${roleArn}`,
  );
}

function targetRole(call: Call, input: AssumeRoleInput): Role {
  const { caller, world } = call;
  const arn = /^arn:([a-z-]+):iam::(\d{12}):role\/.+$/.exec(input.roleArn);
  if (!arn || arn[1] !== caller.partition) {
    throw new AwsError('ValidationError', 'Request ARN is invalid');
  }
  const role = world.role(input.roleArn);
  // AWS does not tell a role that is missing from one that does not trust the caller.
  if (!role) throw refused(caller, 'sts:AssumeRole', input.roleArn);
  return role;
}

function refuseDisabledRegion({ caller, region }: Call): void {
  if (caller.account.disabledRegions.has(region)) {
    throw new AwsError(
      'RegionDisabledException',
      `STS is not activated in this region for account:${caller.accountId}. Your account administrator can activate STS in this region using the IAM Console.`,
      403,
    );
  }
}

/** The source identity of the new session: once set it stays, through every role assumed further. */
function sourceIdentityOf(caller: Caller, input: AssumeRoleInput) {
  const { credential } = caller;
  const inherited =
    credential.kind === 'session' ? credential.sourceIdentity : undefined;
  const { sourceIdentity } = input;
  if (inherited && sourceIdentity && sourceIdentity !== inherited) {
    throw refused(caller, 'sts:SetSourceIdentity', input.roleArn);
  }
  return sourceIdentity ?? inherited;
}

function inheritedTags(caller: Caller): Map<string, string> {
  const { credential } = caller;
  if (credential.kind === 'user') return new Map();
  return new Map(
    credential.transitiveTagKeys.map(key => [
      key,
      credential.tags.get(key) ?? '',
    ]),
  );
}

function sessionTags(caller: Caller, input: AssumeRoleInput) {
  const inherited = inheritedTags(caller);
  const taken = new Set([...inherited.keys()].map(key => key.toLowerCase()));
  const clash = [...input.tags.keys()].find(key =>
    taken.has(key.toLowerCase()),
  );
  if (clash !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `The session tag ${clash} is inherited as a transitive tag and cannot be set again`,
    );
  }
  return {
    tags: new Map([...inherited, ...input.tags]),
    transitiveTagKeys: [...inherited.keys(), ...input.transitiveTagKeys],
  };
}

/** A wrong code is refused whatever the policies say. */
function refuseWrongMfa({ credential }: Caller, { mfa }: AssumeRoleInput) {
  const device = credential.kind === 'user' ? credential.user.mfa : undefined;
  const right =
    !mfa ||
    (mfa.serialNumber === device?.serialNumber && mfa.code === device.code);
  if (!right) {
    throw new AwsError(
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
      403,
    );
  }
}

function demands(call: Call): Demand[] {
  const input = readAssumeRoleInput(call.input);
  refuseWrongMfa(call.caller, input);
  readSessionPolicy(input);
  packedPolicySize(input);
  refuseDisabledRegion(call);
  const role = targetRole(call, input);
  const { tags, transitiveTagKeys } = sessionTags(call.caller, input);
  const sourceIdentity = sourceIdentityOf(call.caller, input);
  const demand = (action: string): Demand => ({
    action,
    resource: role.arn,
    resourcePolicy: {
      accountId: role.accountId,
      document: role.trust.effective,
      required: true,
    },
    context: {
      'aws:MultiFactorAuthPresent': input.mfa ? 'true' : undefined,
      'sts:RoleSessionName': input.roleSessionName,
      'sts:ExternalId': input.externalId,
      'sts:SourceIdentity': input.sourceIdentity,
      'sts:TransitiveTagKeys': transitiveTagKeys.length
        ? transitiveTagKeys
        : undefined,
      'aws:TagKeys': tags.size ? [...tags.keys()] : undefined,
      ...Object.fromEntries(
        [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value]),
      ),
    },
  });
  return [
    demand('sts:AssumeRole'),
    ...(sourceIdentity ? [demand('sts:SetSourceIdentity')] : []),
    ...(tags.size ? [demand('sts:TagSession')] : []),
  ];
}

function durationOf(call: Call, input: AssumeRoleInput, role: Role): number {
  const seconds = input.durationSeconds ?? DEFAULT_SECONDS;
  const chained = call.caller.credential.kind === 'session';
  if (chained && seconds > CHAINED_LIMIT_SECONDS) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (seconds > role.maxSessionDuration) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return seconds;
}

function checkManagedPolicies(call: Call, role: Role, arns: string[]): void {
  for (const arn of arns) {
    const accountId = arn.split(':')[4];
    const own = accountId === role.accountId || accountId === 'aws';
    if (!own || !call.world.effectiveDocument(arn)) {
      throw new AwsError(
        'ValidationError',
        `The session policy ${arn} does not exist or is not attachable.`,
      );
    }
  }
}

function openSession(call: Call, input: AssumeRoleInput): RoleSession {
  const { world, caller, now } = call;
  const role = targetRole(call, input);
  checkManagedPolicies(call, role, input.policyArns);
  const seconds = durationOf(call, input, role);
  const session: RoleSession = {
    kind: 'session',
    ...world.temporaryKeys(),
    role,
    name: input.roleSessionName,
    createdAt: now,
    expiresAt: Math.floor(now / 1000) * 1000 + seconds * 1000,
    sourceIdentity: sourceIdentityOf(caller, input),
    ...sessionTags(caller, input),
    inlinePolicy: readSessionPolicy(input),
    managedPolicyArns: input.policyArns,
    mfa: input.mfa !== undefined,
    chained: caller.credential.kind === 'session',
    console: false,
  };
  world.addCredential(session);
  return session;
}

function toResult(session: RoleSession, call: Call, packed: number): Result {
  const arn = sessionArn(session, call.caller.partition);
  const assumedRoleId = `${session.role.uniqueId}:${session.name}`;
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  const { sourceIdentity, expiresAt } = session;
  return {
    output: {
      AssumedRoleUser: { AssumedRoleId: assumedRoleId, Arn: arn },
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(expiresAt).toISOString().replace('.000', ''),
      },
      PackedPolicySize: packed,
      SourceIdentity: sourceIdentity,
    },
    responseElements: {
      credentials: {
        accessKeyId,
        sessionToken,
        expiration: elementTime(expiresAt),
      },
      assumedRoleUser: { assumedRoleId, arn },
      packedPolicySize: packed,
      ...(sourceIdentity && { sourceIdentity }),
    },
  };
}

/** `sts:AssumeRole`: temporary credentials for a role that trusts the caller. */
export const assumeRole: Operation = {
  readOnly: true,
  demands,
  run: call => {
    const input = readAssumeRoleInput(call.input);
    const packed = packedPolicySize(input);
    return toResult(openSession(call, input), call, packed);
  },
  requestParameters: call => {
    const { TokenCode, ...shown } = call.input;
    const parameters = recordedInput(shown);
    if (typeof parameters.durationSeconds === 'string') {
      parameters.durationSeconds = Number(parameters.durationSeconds);
    }
    return parameters;
  },
  resources: call => {
    const arn = String(call.input.RoleArn);
    const accountId = arn.split(':')[4];
    return [{ accountId, type: 'AWS::IAM::Role', ARN: arn }];
  },
  otherAccount: call => {
    const accountId = String(call.input.RoleArn).split(':')[4];
    return accountId === call.caller.accountId ? undefined : accountId;
  },
};
