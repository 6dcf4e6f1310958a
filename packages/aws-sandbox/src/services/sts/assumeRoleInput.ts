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
  /** What proves a second factor. */
  mfa?: { serialNumber: string; code: string };
}

/** The rule of session names. */
export const NAME = {
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
const SERIAL_NUMBER = { min: 9, max: 256, pattern: /^[\w+=/:,.@-]*$/ };
const TOKEN_CODE = { min: 6, max: 6, pattern: /^\d*$/ };
/** The rule of role ARNs. */
export const ARN = { min: 20, max: 2_048 };

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

function readMfa(input: Input): AssumeRoleInput['mfa'] {
  const serialNumber = optionalText(input, 'SerialNumber', SERIAL_NUMBER);
  const code = optionalText(input, 'TokenCode', TOKEN_CODE);
  if (serialNumber === undefined && code === undefined) return undefined;
  if (serialNumber === undefined || code === undefined) {
    throw new AwsError(
      'ValidationError',
      'SerialNumber and TokenCode must come together',
    );
  }
  return { serialNumber, code };
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
 * @throws AwsError `ValidationError` with the field and the limit
 */
export function readAssumeRoleInput(input: Input): AssumeRoleInput {
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
    mfa: readMfa(input),
  };
}
