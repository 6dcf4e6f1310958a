// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { IssuedSession } from 'backstage-plugin-break-glass-common';
import { FederationWorld } from '../../testing/FederationWorld';

type Keys = Extract<IssuedSession, { type: 'credentials' }>['credentials'];

/** The credentials of an answer that must hold some. */
export function keysOf(session: IssuedSession): Keys {
  if (session.type !== 'credentials') {
    throw new Error('a console session holds no credentials');
  }
  return session.credentials;
}

/** AWS clients as a person with these credentials would make them. */
export function asSession(
  world: FederationWorld,
  keys: Keys,
  region: string = 'eu-central-1',
) {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const common = {
    endpoint: world.sandbox.url,
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    maxAttempts: 1,
    systemClockOffset: world.clock.now() - Date.now(),
  };
  return {
    s3: new S3Client({ ...common, forcePathStyle: true }),
    iam: new IAMClient({ ...common, region: 'us-east-1' }),
    secrets: new SecretsManagerClient(common),
    ec2: new EC2Client(common),
    sts: new STSClient(common),
  };
}
