import { AwsError } from '../../AwsError';
import {
  parsePolicy,
  PolicyDocument,
  PolicySyntaxError,
} from '../../policy/policyDocument';
import { Call, Operation } from '../Operation';
import { checkPrincipals } from '../principalCheck';
import { findBucket, s3Operation } from './s3Operation';

const MAX_BYTES = 20 * 1024;

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicy', message, 400);
}

function checkResources(policy: PolicyDocument, bucketArn: string): void {
  for (const { resources, notResources } of policy.statements) {
    for (const resource of resources ?? notResources ?? []) {
      const inside =
        resource === bucketArn || resource.startsWith(`${bucketArn}/`);
      if (!inside && resource !== '*') {
        throw malformed('Policy has invalid resource');
      }
    }
  }
}

function readPolicy(call: Call): PolicyDocument {
  const payload = call.payload ?? Buffer.alloc(0);
  if (payload.length > MAX_BYTES) {
    throw malformed(
      'Normalized policy document exceeds the maximum allowed size',
    );
  }
  try {
    return parsePolicy(payload.toString('utf8'), 'resource');
  } catch (error) {
    if (error instanceof PolicySyntaxError) throw malformed(error.message);
    throw error;
  }
}

function recordedPolicy(call: Call): Record<string, unknown> {
  try {
    return JSON.parse((call.payload ?? Buffer.alloc(0)).toString('utf8'));
  } catch {
    return {};
  }
}

const getBucketPolicy = s3Operation({
  action: 'GetBucketPolicy',
  readOnly: true,
  subresource: 'policy',
  run: call => {
    const policy = findBucket(call).policy.stored;
    if (!policy) {
      throw new AwsError(
        'NoSuchBucketPolicy',
        'The bucket policy does not exist',
        404,
      );
    }
    return {
      payload: {
        headers: { 'content-type': 'application/json' },
        body: policy.text,
      },
    };
  },
});

const putBucketPolicy = s3Operation({
  action: 'PutBucketPolicy',
  subresource: 'policy',
  parameters: call => ({ bucketPolicy: recordedPolicy(call) }),
  run: call => {
    const bucket = findBucket(call);
    const policy = readPolicy(call);
    checkResources(policy, bucket.arn);
    checkPrincipals(policy, call, 'MalformedPolicy');
    bucket.policy.set(policy);
    return { payload: { status: 204 } };
  },
});

const deleteBucketPolicy = s3Operation({
  action: 'DeleteBucketPolicy',
  subresource: 'policy',
  run: call => {
    findBucket(call).policy.set(undefined);
    return { payload: { status: 204 } };
  },
});

/** The operations on bucket policies. */
export const bucketPolicyOperations: Record<string, Operation> = {
  GetBucketPolicy: getBucketPolicy,
  PutBucketPolicy: putBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
};
