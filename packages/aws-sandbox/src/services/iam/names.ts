import { AwsError } from '../../AwsError';
import {
  parsePolicy,
  PolicyDocument,
  PolicyKind,
  PolicySyntaxError,
} from '../../policy/policyDocument';
import { ManagedPolicy, Role, User } from '../../world/entities';
import { optionalText, requiredText } from '../input';
import { Call } from '../Operation';

const NAME = {
  min: 1,
  max: 128,
  pattern: /^[\w+=,.@-]+$/,
  shown: '[\\w+=,.@-]+',
};
const PATH = {
  min: 1,
  max: 512,
  pattern: /^(\/|\/[\u0021-\u007e]+\/)$/,
  shown: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)',
};

/** The `RoleName` of a call. */
export const roleName = (call: Call) =>
  requiredText(call.input, 'RoleName', { ...NAME, max: 64 });

/** The `UserName` of a call. */
export const userName = (call: Call) =>
  requiredText(call.input, 'UserName', { ...NAME, max: 64 });

/** The `PolicyName` of a call. */
export const policyName = (call: Call) =>
  requiredText(call.input, 'PolicyName', NAME);

/** The `PolicyArn` of a call. */
export const policyArn = (call: Call) =>
  requiredText(call.input, 'PolicyArn', { min: 20, max: 2_048 });

/** The `Path` of a call, `/` by default. */
export const pathOf = (call: Call) =>
  optionalText(call.input, 'Path', PATH) ?? '/';

function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

/** ARN of something of IAM in the caller's account. */
export function iamArn(call: Call, rest: string): string {
  return `arn:${call.caller.partition}:iam::${call.caller.accountId}:${rest}`;
}

/** The ARN of a role by name, as far as it exists, else the one it would have. */
export function roleArnOf(call: Call, name: string): string {
  const role = call.caller.account.roles.get(name);
  return role?.arn ?? iamArn(call, `role/${name}`);
}

/** The ARN of a user by name, as far as it exists, else the one it would have. */
export function userArnOf(call: Call, name: string): string {
  const user = call.caller.account.users.get(name);
  return user?.arn ?? iamArn(call, `user/${name}`);
}

/** The user of a call, for authorization. */
export function userTarget(call: Call) {
  const name = userName(call);
  return { resource: userArnOf(call, name), label: `user ${name}` };
}

/** @throws AwsError `NoSuchEntity` */
export function findRole(call: Call): Role {
  const name = roleName(call);
  const role = call.caller.account.roles.get(name);
  if (!role) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

/** @throws AwsError `NoSuchEntity` */
export function findUser(call: Call): User {
  const name = userName(call);
  const user = call.caller.account.users.get(name);
  if (!user) {
    throw noSuchEntity(`The user with name ${name} cannot be found.`);
  }
  return user;
}

/** @throws AwsError `NoSuchEntity` */
export function findPolicy(call: Call): ManagedPolicy {
  const arn = policyArn(call);
  const policy = call.caller.account.policies.get(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** Refuses a policy ARN that cannot be attached. @throws AwsError `NoSuchEntity` */
export function checkAttachable(call: Call, arn: string): void {
  const owner = arn.split(':')[4];
  const usable = owner === 'aws' || owner === call.caller.accountId;
  if (!usable || !call.world.effectiveDocument(arn)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
}

/** Reads a policy from a call. @throws AwsError `MalformedPolicyDocument`, `LimitExceeded` */
export function readPolicy(
  call: Call,
  parameter: string,
  kind: PolicyKind,
  limit: number,
): PolicyDocument {
  const text = requiredText(call.input, parameter);
  // AWS does not count white space.
  if (text.replace(/\s/g, '').length > limit) {
    throw new AwsError(
      'LimitExceeded',
      `Cannot exceed quota for PolicySize: ${limit}`,
      409,
    );
  }
  try {
    return parsePolicy(text, kind);
  } catch (error) {
    if (error instanceof PolicySyntaxError) {
      throw new AwsError('MalformedPolicyDocument', error.message);
    }
    throw error;
  }
}

/** A policy's text as IAM gives it back: percent-encoded. */
export function encodedDocument(document: PolicyDocument): string {
  return encodeURIComponent(document.text).replace(
    /[!'()*]/g,
    c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** An instant in IAM's answers. */
export const iamDate = (ms: number) =>
  `${new Date(ms).toISOString().slice(0, 19)}Z`;
