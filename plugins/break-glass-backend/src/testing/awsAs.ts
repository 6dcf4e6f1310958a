// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { IssuedSession } from 'backstage-plugin-break-glass-common';
import { TestPortal } from './startTestPortal';

/** The real SDK's clients, as a person has them with the credentials of a session. */
export function awsAs(portal: TestPortal, issued: IssuedSession) {
  if (issued.type !== 'credentials') {
    throw new Error('These are not credentials');
  }
  const { accessKeyId, secretAccessKey, sessionToken } = issued.credentials;
  // Made anew for each call: the test's clock may have moved.
  const options = () => ({
    endpoint: portal.sandbox.url,
    region: issued.region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    systemClockOffset: portal.clock.now() - Date.now(),
    maxAttempts: 1,
  });
  return {
    s3: () => new S3Client({ ...options(), forcePathStyle: true }),
    cloudTrail: () => new CloudTrailClient(options()),
    sts: () => new STSClient(options()),
    iam: () => new IAMClient(options()),
    ec2: () => new EC2Client(options()),
    secrets: () => new SecretsManagerClient(options()),
  };
}

/** Name of the AWS error that a call is refused with, or `done`. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return (error as Error).name;
  }
}
