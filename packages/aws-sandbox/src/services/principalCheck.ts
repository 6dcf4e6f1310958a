import { AwsError } from '../AwsError';
import { PolicyDocument } from '../policy/policyDocument';
import { Call } from './Operation';

function exists(entry: string, call: Call): boolean {
  const { world, caller } = call;
  const arn =
    /^arn:([a-z-]+):(iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/)/.exec(
      entry,
    );
  if (!arn) return entry === '*' || /^\d{12}$/.test(entry);
  if (arn[1] !== caller.partition) return false;
  // Session principals and accounts are not looked up; users and roles have to exist, as in AWS.
  if (arn[4] === 'role/') return world.role(entry) !== undefined;
  if (arn[4] === 'user/') return world.user(entry) !== undefined;
  return true;
}

/**
 * Refuses a trust or bucket policy that names users or roles that do not exist.
 * @param code - the service's code for it
 * @throws AwsError
 */
export function checkPrincipals(
  policy: PolicyDocument,
  call: Call,
  code: 'MalformedPolicyDocument' | 'MalformedPolicy',
): void {
  for (const { principals = [] } of policy.statements) {
    for (const entry of principals) {
      if (!exists(entry, call)) {
        throw new AwsError(code, 'Invalid principal in policy');
      }
    }
  }
}
