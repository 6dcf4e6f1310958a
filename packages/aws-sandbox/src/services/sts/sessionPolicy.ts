import { deflateRawSync } from 'node:zlib';
import { AwsError } from '../../AwsError';
import {
  parsePolicy,
  PolicyDocument,
  PolicySyntaxError,
} from '../../policy/policyDocument';
import { validationError } from '../input';
import { AssumeRoleInput } from './assumeRoleInput';

const MAX_PLAINTEXT = 2_048;
/** AWS does not say how it packs. Deflated bytes against this many make a limit of the same kind. */
const PACKED_BYTES = 1_300;
const PLAIN_POLICY = /^[\t\n\r\u0020-\u00ff]+$/;

/**
 * Reads the inline session policy.
 * @throws AwsError `ValidationError` past 2,048 characters, `PackedPolicyTooLarge` together with the managed ARNs, `MalformedPolicyDocument`
 */
export function readSessionPolicy(
  input: AssumeRoleInput,
): PolicyDocument | undefined {
  const { policy = '', policyArns } = input;
  if (policy.length > MAX_PLAINTEXT) {
    throw validationError(
      policy,
      'policy',
      `have length less than or equal to ${MAX_PLAINTEXT}`,
    );
  }
  const total = policyArns.reduce(
    (sum, arn) => sum + arn.length,
    policy.length,
  );
  if (total > MAX_PLAINTEXT) {
    throw new AwsError(
      'PackedPolicyTooLarge',
      `The inline and managed session policies have ${total} characters together; at most ${MAX_PLAINTEXT} are allowed`,
    );
  }
  if (!policy) return undefined;
  if (!PLAIN_POLICY.test(policy)) {
    throw validationError(
      policy,
      'policy',
      'satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
    );
  }
  try {
    return parsePolicy(policy, 'identity');
  } catch (error) {
    if (error instanceof PolicySyntaxError) {
      throw new AwsError('MalformedPolicyDocument', error.message);
    }
    throw error;
  }
}

/**
 * How much of the second, opaque limit a request takes, in percent.
 * @throws AwsError `PackedPolicyTooLarge` past 100
 */
export function packedPolicySize(input: AssumeRoleInput): number {
  const tags = [...input.tags].map(([key, value]) => `${key}\u0000${value}`);
  const parts = [input.policy ?? '', ...input.policyArns, ...tags];
  if (parts.every(part => part === '')) return 0;
  const packed = deflateRawSync(parts.join('\u0001')).length;
  const percent = Math.ceil((packed * 100) / PACKED_BYTES);
  if (percent > 100) {
    throw new AwsError(
      'PackedPolicyTooLarge',
      `Packed size of session tags and policies consumes ${percent}% of the allotted space`,
    );
  }
  return percent;
}
