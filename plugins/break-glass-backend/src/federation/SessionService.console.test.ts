import {
  CreatePolicyVersionCommand,
  CreateUserCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { asSession, keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };
const denied = expect.objectContaining({
  name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
});

describeFederation(aWorld => {
  describe('console', () => {
    it('pitfall 29: signs in by the federation endpoint, at the page of the profile', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = await world
        .federation()
        .sessions.issue(MARY, lease.id, { type: 'console' });
      const url = new URL((issued as { consoleUrl: string }).consoleUrl);
      expect(url.searchParams.has('SessionDuration')).toBe(false);
      expect(url.searchParams.get('Destination')).toBe(
        `${world.sandbox.consoleUrl}s3/buckets?region=eu-central-1`,
      );
      const login = await fetch(url, { redirect: 'manual' });
      expect(login.status).toBe(302);
      expect(login.headers.get('location')).toContain('/console/');
      expect(login.headers.get('set-cookie')).toBeTruthy();
    });

    it.each([
      [{ destination: 'https://evil.example/' }, 'destination-not-allowed'],
      [{ region: 'evil.example/' }, 'region-unknown'],
      [{ region: 'us-gov-west-1' }, 'region-unknown'],
    ])('pitfall 31: %j is refused before AWS is asked', async (asked, code) => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await expect(
        world
          .federation()
          .sessions.issue(MARY, lease.id, { type: 'console', ...asked }),
      ).rejects.toMatchObject({ name: 'InputError', code });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
    });

    it('throws the credentials away where the sign-in endpoint is down', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      world.config.partitions.aws!.endpoints.signIn = `${world.sandbox.url}/nowhere`;
      const { sessions } = world.federation();
      await expect(
        sessions.issue(MARY, lease.id, { type: 'console' }),
      ).rejects.toMatchObject({ code: 'aws-unavailable' });
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session).toMatchObject({ state: 'discarded' });
      await sessions.issue(MARY, lease.id, CREDENTIALS);
    });
  });

  it('I14: pitfall 36: the holder of a full lease cannot get past its end, its role or its kill', async () => {
    const world = await aWorld();
    const lease = await world.activeLease({ profileId: 'full' });
    const issued = await world
      .federation()
      .sessions.issue(MARY, lease.id, CREDENTIALS);
    const aws = asSession(world, keysOf(issued));
    const iam = 'arn:aws:iam::111122223333';
    const attempts = [
      aws.sts.send(
        new AssumeRoleCommand({
          RoleArn: `${iam}:role/DataPipeline`,
          RoleSessionName: 'on',
        }),
      ),
      aws.sts.send(
        new AssumeRoleCommand({
          RoleArn: `${iam}:role/break-glass/BreakGlassAdmin`,
          RoleSessionName: 'on',
        }),
      ),
      aws.iam.send(new CreateUserCommand({ UserName: 'backdoor' })),
      aws.iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: `${iam}:policy/break-glass/BreakGlassBoundary`,
          PolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
          SetAsDefault: true,
        }),
      ),
      aws.iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'BreakGlassAdmin',
          PolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
        }),
      ),
    ];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toEqual(denied);
    }
    await aws.s3.send(
      new GetObjectCommand({
        Bucket: 'payroll-archive',
        Key: '2025/summary.csv',
      }),
    );
  });
});
