import { AwsError } from '../../AwsError';
import { Input } from '../../wire/queryInput';
import {
  checkText,
  objects,
  list,
  optionalInteger,
  optionalText,
  requiredText,
  validationError,
} from '../input';

/** A checked AssumeRole request. */
export interface AssumeRoleInput {
  roleArn: string;
  roleSessionName: string;
  /** In seconds; undefined means AWS's default. */
  durationSeconds?: number;
  sourceIdentity?: string;
  externalId?: string;
  policy?: string;
  policyArns: string[];
  tags: Map<string, string>;
  transitiveTagKeys: string[];
}

const NAME = {
  min: 2,
  max: 64,
  pattern: /^[\w+=,.@-]*$/,
  shown: '[\\w+=,.@-]*',
};
const EXTERNAL_ID = {
  min: 2,
  max: 1_224,
  pattern: /^[\w+=,.@:/-]*$/,
  shown: '[\\w+=,.@:\\/-]*',
};
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const TAG_SHOWN = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*';
const TAG_KEY = { min: 1, max: 128, pattern: TAG, shown: TAG_SHOWN };
const TAG_VALUE = { max: 256, pattern: TAG, shown: TAG_SHOWN };
const ARN = { min: 20, max: 2_048 };

function readTags(input: Input): Map<string, string> {
  const entries = objects(input, 'Tags');
  if (entries.length > 50) {
    throw validationError(
      `${entries.length} tags`,
      'tags',
      'have length less than or equal to 50',
    );
  }
  const tags = new Map<string, string>();
  const seen = new Set<string>();
  for (const entry of entries) {
    const key = checkText(requiredText(entry, 'Key'), 'tags.key', TAG_KEY);
    const value = optionalText(entry, 'Value', TAG_VALUE) ?? '';
    if (key.toLowerCase().startsWith('aws:')) {
      throw new AwsError(
        'ValidationError',
        'Tag keys that start with aws: are reserved',
      );
    }
    if (seen.has(key.toLowerCase())) {
      throw new AwsError(
        'InvalidParameterValue',
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      );
    }
    seen.add(key.toLowerCase());
    tags.set(key, value);
  }
  return tags;
}

function readSourceIdentity(input: Input): string | undefined {
  const value = optionalText(input, 'SourceIdentity', NAME);
  if (value?.toLowerCase().startsWith('aws:')) {
    throw validationError(value, 'sourceIdentity', 'not start with aws:');
  }
  return value;
}

function readPolicyArns(input: Input): string[] {
  const arns = objects(input, 'PolicyArns').map(entry =>
    requiredText(entry, 'arn', ARN),
  );
  if (arns.length > 10) {
    throw validationError(
      `${arns.length} policies`,
      'policyArns',
      'have length less than or equal to 10',
    );
  }
  return arns;
}

/**
 * Checks an AssumeRole request against the limits of STS.
 * @throws AwsError `ValidationError` with the field and the limit; `AccessDenied` for an MFA code, which no device here can make
 */
export function readAssumeRoleInput(input: Input): AssumeRoleInput {
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
    throw new AwsError(
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
      403,
    );
  }
  const roleArn = requiredText(input, 'RoleArn', ARN);
  const tags = readTags(input);
  const transitiveTagKeys = list(input, 'TransitiveTagKeys').map(key =>
    checkText(String(key), 'transitiveTagKeys', TAG_KEY),
  );
  const unknown = transitiveTagKeys.find(key => !tags.has(key));
  if (unknown !== undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      `The transitive tag key ${unknown} must be one of the session tags`,
    );
  }
  return {
    roleArn,
    roleSessionName: requiredText(input, 'RoleSessionName', NAME),
    durationSeconds: optionalInteger(input, 'DurationSeconds', {
      min: 900,
      max: 43_200,
    }),
    sourceIdentity: readSourceIdentity(input),
    externalId: optionalText(input, 'ExternalId', EXTERNAL_ID),
    policy: optionalText(input, 'Policy', { min: 1 }),
    policyArns: readPolicyArns(input),
    tags,
    transitiveTagKeys,
  };
}
