// Used by tests only, though not one itself.
import { ProfileConfig } from '../config/types';

/** A profile for one bucket, changed as wanted. */
export function aProfile(change: Partial<ProfileConfig> = {}): ProfileConfig {
  return {
    id: 'unlock-bucket',
    title: 'Unlock a bucket',
    description: 'Mends the policy of one bucket',
    statements: [
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
        Resource: 'arn:${partition}:s3:::${bucket}',
      },
    ],
    managedPolicyArns: [],
    parameters: [
      {
        name: 'bucket',
        title: 'Bucket',
        pattern: '^.*$',
        maxLength: 63,
        required: true,
        example: 'payroll-reports',
      },
    ],
    chaining: false,
    residueReviewed: false,
    ...change,
  };
}

/** An account of the commercial partition. */
export const anAwsAccount = {
  accountId: '111122223333',
  partition: 'aws' as const,
  region: 'eu-central-1',
};
