import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { asSession } from './aws/testing/asSession';
import { ALLOW_ALL, ANYBODY } from './testing/attackerPolicies';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

const ROLES = 'arn:aws:iam::111122223333:role';
const POLICIES = 'arn:aws:iam::111122223333:policy/break-glass';
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const denied = expect.objectContaining({ name: 'AccessDenied' });

/** Keys that somebody took from the portal. */
const STOLEN = {
  accessKeyId: 'AKIASANDBOXBROKERAWS',
  secretAccessKey: 'sandbox-broker-secret-commercial',
};

function clients(world: FederationWorld, credentials: typeof STOLEN) {
  const common = {
    endpoint: world.sandbox.url,
    credentials,
    maxAttempts: 1,
    systemClockOffset: world.clock.now() - Date.now(),
  };
  return {
    sts: new STSClient({ ...common, region: 'eu-central-1' }),
    iam: new IAMClient({ ...common, region: 'us-east-1' }),
  };
}

async function assumed(world: FederationWorld, role: string) {
  const { Credentials } = await clients(world, STOLEN).sts.send(
    new AssumeRoleCommand({
      RoleArn: `${ROLES}/break-glass/${role}`,
      RoleSessionName: 'thief',
    }),
  );
  return asSession(world, {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
    expiration: '',
  });
}

/** Every way of IAM by which a role, or a way to one, could be given more. */
function widenings(iam: IAMClient): Promise<unknown>[] {
  const RoleName = 'ReadOnly';
  const PolicyName = 'wider';
  return [
    iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMIN })),
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: ALLOW_ALL,
      }),
    ),
    iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: ANYBODY }),
    ),
    iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: `${POLICIES}/BreakGlassGuardrails`,
        PolicyDocument: ALLOW_ALL,
        SetAsDefault: true,
      }),
    ),
    iam.send(
      new PutUserPolicyCommand({
        UserName: 'break-glass-broker',
        PolicyName,
        PolicyDocument: ALLOW_ALL,
      }),
    ),
    iam.send(new CreateAccessKeyCommand({ UserName: 'break-glass-broker' })),
  ];
}

describeFederation(aWorld => {
  it('pitfall 37: stolen broker keys can neither widen a role nor assume one that is not of break-glass', async () => {
    const world = await aWorld();
    const { iam, sts } = clients(world, STOLEN);
    for (const attempt of widenings(iam)) {
      await expect(attempt).rejects.toEqual(denied);
    }
    await expect(
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `${ROLES}/DataPipeline`,
          RoleSessionName: 'thief',
        }),
      ),
    ).rejects.toEqual(denied);
  });

  it.each(['BreakGlassKiller', 'BreakGlassAdmin', 'ReadOnly'])(
    'pitfall 37: nor can they by way of the role %s',
    async role => {
      const { iam } = await assumed(await aWorld(), role);
      for (const attempt of widenings(iam)) {
        await expect(attempt).rejects.toEqual(denied);
      }
    },
  );

  it('pitfall 37: a boundary that is opened wide gives a role no more than it has', async () => {
    const world = await aWorld();
    const killer = await assumed(world, 'BreakGlassKiller');
    await killer.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: `${POLICIES}/BreakGlassBoundary`,
        PolicyDocument: ALLOW_ALL,
        SetAsDefault: true,
      }),
    );
    world.clock.pass(1);

    const reader = await assumed(world, 'ReadOnly');
    await reader.iam.send(new GetRoleCommand({ RoleName: 'ReadOnly' }));
    await expect(
      reader.secrets.send(
        new GetSecretValueCommand({ SecretId: 'payroll/database' }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
