// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import {
  CreatePolicyVersionCommand,
  IAMClient,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { demoWorld, WorldSeed } from 'aws-sandbox';
import { FederationWorld } from '../../testing/FederationWorld';

/** The boundary policy of the payroll account. */
export const BOUNDARY =
  'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary';
const KILLER = 'arn:aws:iam::111122223333:role/break-glass/BreakGlassKiller';

/** What the boundary holds in AWS, parsed. */
export function deployed(world: FederationWorld) {
  const { current } = world.sandbox.world.managedPolicy(BOUNDARY)!;
  return JSON.parse(current.stored.document.text);
}

/** Somebody with the killer role writes a version of their own. */
export async function writeAsStranger(
  world: FederationWorld,
  document: string,
): Promise<void> {
  const iam = await asStranger(world);
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: BOUNDARY,
      PolicyDocument: document,
      SetAsDefault: true,
    }),
  );
}

const OPERATOR = {
  accessKeyId: 'AKIASANDBOXOPERATOR0',
  secretAccessKey: 'sandbox-operator-secret',
};

/** The demo's world with an operator of the payroll account who may put versions of the boundary in force. */
export function seedWithOperator(): WorldSeed {
  const seed = demoWorld();
  const account = seed.accounts.find(({ id }) => BOUNDARY.includes(id))!;
  const statement = {
    Effect: 'Allow',
    Action: 'iam:SetDefaultPolicyVersion',
    Resource: BOUNDARY,
  };
  account.users = [
    {
      path: '/operator',
      keys: [OPERATOR],
      inline: { Kill: { Version: '2012-10-17', Statement: [statement] } },
    },
  ];
  return seed;
}

/** That operator puts an older version in force again. */
export async function goBackAsOperator(
  world: FederationWorld,
  versionId: string,
): Promise<void> {
  const iam = new IAMClient({ ...common(world), credentials: OPERATOR });
  await iam.send(
    new SetDefaultPolicyVersionCommand({
      PolicyArn: BOUNDARY,
      VersionId: versionId,
    }),
  );
}

function common(world: FederationWorld) {
  return {
    endpoint: world.sandbox.url,
    region: 'us-east-1',
    systemClockOffset: world.clock.now() - Date.now(),
  };
}

async function asStranger(world: FederationWorld): Promise<IAMClient> {
  const { Credentials } = await new STSClient({
    ...common(world),
    credentials: {
      accessKeyId: 'AKIASANDBOXBROKERAWS',
      secretAccessKey: 'sandbox-broker-secret-commercial',
    },
  }).send(
    new AssumeRoleCommand({ RoleArn: KILLER, RoleSessionName: 'stranger' }),
  );
  return new IAMClient({
    ...common(world),
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken,
    },
  });
}
