// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { demoWorld, WorldSeed } from 'aws-sandbox';
import { FederationWorld } from '../../testing/FederationWorld';

const USER = 'arn:aws:iam::555566667777:user/break-glass-broker';
const PATH = '/break-glass/PortalHost';
/** The role that the portal's machine, task or pod runs under; the roles of the payroll account trust it alone. */
export const HOST_ROLE = `arn:aws:iam::555566667777:role${PATH}`;
/** Stands in for the service of AWS that hands out credentials of the role. */
const SERVICE = {
  accessKeyId: 'AKIASANDBOXHOSTSERV0',
  secretAccessKey: 'sandbox-host-service-secret',
};

const HANDING_OUT = ['sts:AssumeRole', 'sts:TagSession'];

const allow = (statement: object) => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow', ...statement }],
});

/** The demo's world in which the broker is the role of the portal's host. */
export function seedWithHostRole(): WorldSeed {
  const seed: WorldSeed = JSON.parse(
    JSON.stringify(demoWorld()).split(USER).join(HOST_ROLE),
  );
  const account = seed.accounts.find(({ id }) => HOST_ROLE.includes(id))!;
  account.users!.push({
    path: '/host-service',
    keys: [SERVICE],
    inline: { Hand: allow({ Action: HANDING_OUT, Resource: HOST_ROLE }) },
  });
  account.roles = [
    ...(account.roles ?? []),
    {
      path: PATH,
      trust: allow({
        Principal: { AWS: 'arn:aws:iam::555566667777:user/host-service' },
        Action: HANDING_OUT,
      }),
      inline: {
        Broker: allow({
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
          Resource: 'arn:aws:iam::*:role/break-glass/*',
        }),
      },
    },
  ];
  return seed;
}

/** Credentials as both metadata services of AWS write them. */
export interface HostCredentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  Token: string;
  Expiration: string;
}

/**
 * Takes a session of the host's role, of 15 minutes, as the service does for the host.
 * @param tags - of the session and of those assumed from it, as EKS pod identity sets some
 */
export async function credentialsOfHost(
  world: FederationWorld,
  sessionName: string,
  tags: Record<string, string>,
): Promise<HostCredentials> {
  const sts = new STSClient({
    endpoint: world.sandbox.url,
    region: 'eu-central-1',
    credentials: SERVICE,
    systemClockOffset: world.clock.now() - Date.now(),
  });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: HOST_ROLE,
      RoleSessionName: sessionName,
      DurationSeconds: 900,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      TransitiveTagKeys: Object.keys(tags),
    }),
  );
  return {
    AccessKeyId: Credentials!.AccessKeyId!,
    SecretAccessKey: Credentials!.SecretAccessKey!,
    Token: Credentials!.SessionToken!,
    Expiration: Credentials!.Expiration!.toISOString(),
  };
}
