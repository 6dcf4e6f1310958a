import { generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import {
  AssumeRoleWithWebIdentityCommand,
  AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { failureOf, TestSandbox } from '../../__testUtils__/sandbox';
import { demoWorld } from '../../world/demoWorld';

const ISSUER = 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE';
const PROVIDER = `arn:aws:iam::555566667777:oidc-provider/${ISSUER.slice(8)}`;
const ROLE = 'arn:aws:iam::555566667777:role/PortalPod';
const SUB = 'system:serviceaccount:backstage:portal';

const issuer = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });

function trust(federated: string) {
  return {
    Version: '2012-10-17' as const,
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: federated },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${ISSUER.slice(8)}:sub`]: SUB,
            [`${ISSUER.slice(8)}:aud`]: 'sts.amazonaws.com',
          },
        },
      },
    ],
  };
}

function seed() {
  const world = demoWorld();
  const account = world.accounts.find(({ id }) => id === '555566667777')!;
  account.identityProviders = [
    {
      issuer: ISSUER,
      clientIds: ['sts.amazonaws.com'],
      keys: [{ ...issuer.publicKey.export({ format: 'jwk' }), kid: 'one' }],
    },
  ];
  account.roles = [
    ...(account.roles ?? []),
    { path: '/PortalPod', trust: trust(PROVIDER) },
    { path: '/Other', trust: trust(PROVIDER.replace('EXAMPLE', 'OTHER')) },
  ];
  return world;
}

let aws: TestSandbox;
beforeEach(async () => {
  aws = await TestSandbox.start({ world: seed() });
});
afterEach(() => aws.stop());

const base64 = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

function token(
  claims: object = {},
  { alg = 'RS256', kid = 'one', key = issuer.privateKey as KeyObject } = {},
): string {
  const now = Math.floor(aws.clock.now() / 1_000);
  const text = `${base64({ alg, kid })}.${base64({
    ...{ iss: ISSUER, sub: SUB, aud: ['sts.amazonaws.com'], exp: now + 600 },
    ...claims,
  })}`;
  const signature = sign('RSA-SHA256', Buffer.from(text), key);
  return `${text}.${signature.toString('base64url')}`;
}

const assume = (change: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) =>
  new STSClient({ endpoint: aws.sandbox.url, region: 'eu-central-1' }).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: ROLE,
      RoleSessionName: 'portal',
      WebIdentityToken: token(),
      ...change,
    }),
  );

describe('AssumeRoleWithWebIdentity', () => {
  it('gives keys of the role to who has a token of its provider', async () => {
    const { Credentials, SubjectFromWebIdentityToken, Provider } =
      await assume();
    expect(SubjectFromWebIdentityToken).toBe(SUB);
    expect(Provider).toBe(PROVIDER);
    expect(Credentials!.Expiration).toEqual(
      new Date(aws.clock.now() + 3_600_000),
    );
    const me = await aws
      .sts({
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken,
      })
      .send(new GetCallerIdentityCommand({}));
    expect(me.Arn).toBe(
      'arn:aws:sts::555566667777:assumed-role/PortalPod/portal',
    );
  });

  it.each<
    [string, () => Partial<AssumeRoleWithWebIdentityCommandInput>, string]
  >([
    [
      'is no token',
      () => ({ WebIdentityToken: 'none' }),
      'InvalidIdentityTokenException',
    ],
    [
      'another key signed',
      () => ({ WebIdentityToken: token({}, { key: stranger.privateKey }) }),
      'InvalidIdentityTokenException',
    ],
    [
      'names a key that the issuer does not have',
      () => ({ WebIdentityToken: token({}, { kid: 'two' }) }),
      'InvalidIdentityTokenException',
    ],
    [
      'says that it is not signed',
      () => ({ WebIdentityToken: token({}, { alg: 'none' }) }),
      'InvalidIdentityTokenException',
    ],
    [
      'is of an issuer that the account does not know',
      () => ({ WebIdentityToken: token({ iss: `${ISSUER}2` }) }),
      'InvalidIdentityTokenException',
    ],
    [
      'is for somebody else',
      () => ({ WebIdentityToken: token({ aud: 'vault' }) }),
      'InvalidIdentityTokenException',
    ],
    [
      'has expired',
      () => ({
        WebIdentityToken: token({ exp: Math.floor(aws.clock.now() / 1_000) }),
      }),
      'ExpiredTokenException',
    ],
    [
      'is of another service account',
      () => ({ WebIdentityToken: token({ sub: `${SUB}2` }) }),
      'AccessDenied',
    ],
    [
      'is for a role that trusts another provider',
      () => ({ RoleArn: ROLE.replace('PortalPod', 'Other') }),
      'AccessDenied',
    ],
    [
      'is for a role that trusts keys only',
      () => ({
        RoleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
      }),
      'InvalidIdentityTokenException',
    ],
    [
      'is for a role that is not there',
      () => ({ RoleArn: `${ROLE}2` }),
      'AccessDenied',
    ],
    [
      'wants more than the role allows',
      () => ({ DurationSeconds: 7_200 }),
      'ValidationError',
    ],
  ])('refuses one that %s', async (_, change, code) => {
    expect(await failureOf(assume(change()))).toMatchObject({ code });
  });

  it('leaves a record with who had the token', async () => {
    const { Credentials } = await assume();
    await aws.sandbox.deliverNow();
    const records = await aws.records();
    expect(records).toContainEqual(
      expect.objectContaining({
        eventName: 'AssumeRoleWithWebIdentity',
        userIdentity: expect.objectContaining({
          type: 'WebIdentityUser',
          userName: SUB,
        }),
        responseElements: expect.objectContaining({
          credentials: expect.objectContaining({
            accessKeyId: Credentials!.AccessKeyId,
          }),
        }),
      }),
    );
  });

  it('no other call goes without a signature', async () => {
    const response = await fetch(aws.sandbox.url, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'GetCallerIdentity' }),
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('MissingAuthenticationToken');
  });
});
