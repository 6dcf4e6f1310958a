// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { generateKeyPairSync, sign } from 'node:crypto';
import { WorldSeed } from 'aws-sandbox';
import { HOST_ROLE } from './hostRole';

const HOST = 'oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE';
const SUBJECT = 'system:serviceaccount:backstage:portal';
const AUDIENCE = 'sts.amazonaws.com';
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
});

/** Lets the portal's Kubernetes service account have the host's role, as IAM roles for service accounts do. */
export function withServiceAccount(seed: WorldSeed): WorldSeed {
  const account = seed.accounts.find(({ id }) => HOST_ROLE.includes(id))!;
  account.identityProviders = [
    {
      issuer: `https://${HOST}`,
      clientIds: [AUDIENCE],
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'cluster' }],
    },
  ];
  const role = account.roles!.find(({ path }) => HOST_ROLE.endsWith(path))!;
  role.trust.Statement.push({
    Effect: 'Allow',
    Principal: {
      Federated: `arn:aws:iam::${account.id}:oidc-provider/${HOST}`,
    },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${HOST}:sub`]: SUBJECT,
        [`${HOST}:aud`]: AUDIENCE,
      },
    },
  });
  return seed;
}

/** A token of the service account that is good for ten minutes, as the cluster writes it into the pod's file. */
export function serviceAccountToken(now: number): string {
  const encoded = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(now / 1_000);
  const text = `${encoded({ alg: 'RS256', kid: 'cluster' })}.${encoded({
    iss: `https://${HOST}`,
    sub: SUBJECT,
    aud: [AUDIENCE],
    exp: seconds + 600,
  })}`;
  const signature = sign('RSA-SHA256', Buffer.from(text), privateKey);
  return `${text}.${signature.toString('base64url')}`;
}
