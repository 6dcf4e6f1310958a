import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { asSession, keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';

const MARY = { ref: 'user:default/mary' };
const CREDENTIALS = { type: 'credentials' as const };
const denied = expect.objectContaining({
  name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
});

describeFederation(aWorld => {
  describe('standing roles', () => {
    const ALICE = { ref: 'user:default/alice' };
    const PAYROLL = 'resource:default/payroll';
    const request = { ...CREDENTIALS, roleId: 'operator' };

    it('I3: records first, issues for an hour at most, and needs no lease', async () => {
      const world = await aWorld();
      const issued = await world
        .federation()
        .sessions.issueStanding(ALICE, PAYROLL, request);
      const keys = keysOf(issued);
      expect(issued.session.sessionName).toBe(`alice@${issued.session.id}`);
      expect(Date.parse(keys.expiration)).toBe(world.clock.now() + 3_600_000);
      const { Arn } = await asSession(world, keys).sts.send(
        new GetCallerIdentityCommand({}),
      );
      expect(Arn).toContain('assumed-role/Operator/alice@');
      expect((await world.audited()).map(({ action }) => action)).toEqual([
        'session.issuing',
        'session.issued',
      ]);
    });

    it('I14: nobody reviews what a standing session leaves behind, whatever its profile says', async () => {
      const world = await aWorld();
      const [profile] = world.config.profiles;
      world.config.roles[1].profiles = [profile.id];
      profile.residueReviewed = true;
      const issued = await world
        .federation()
        .sessions.issueStanding(ALICE, PAYROLL, request);
      const session = world.sandbox.world.credential(
        keysOf(issued).accessKeyId,
      );
      const { tags } = session as { tags: ReadonlyMap<string, string> };
      expect(tags.get('break-glass:residue')).toBe('denied');
    });

    it('I14: without a profile no further role can be assumed', async () => {
      const world = await aWorld();
      // A role that by itself may do everything.
      world.config.roles[1].arn = world.config.roles[0].arn;
      const issued = await world
        .federation()
        .sessions.issueStanding(ALICE, PAYROLL, request);
      await expect(
        asSession(world, keysOf(issued)).sts.send(
          new AssumeRoleCommand({
            RoleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
            RoleSessionName: 'on',
          }),
        ),
      ).rejects.toEqual(denied);
    });

    it.each([
      ['not-eligible', MARY, PAYROLL, request],
      ['person-unknown', { ref: 'user:default/ghost' }, PAYROLL, request],
      ['account-unknown', ALICE, 'resource:default/other', request],
      ['role-unknown', ALICE, PAYROLL, { ...request, roleId: 'other' }],
      [
        'role-not-standing',
        ALICE,
        PAYROLL,
        { ...request, roleId: 'break-glass' },
      ],
      ['profile-unknown', ALICE, PAYROLL, { ...request, profileId: 'other' }],
      [
        'profile-not-allowed',
        ALICE,
        PAYROLL,
        { ...request, profileId: 'full' },
      ],
      [
        'control-plane-account',
        ALICE,
        'resource:default/developer-portal',
        request,
      ],
    ])('refuses with %s', async (code, caller, accountRef, asked) => {
      const world = await aWorld();
      await expect(
        world.federation().sessions.issueStanding(caller, accountRef, asked),
      ).rejects.toMatchObject({ code });
      expect(await world.audited()).toEqual([
        { action: 'session.issue', outcome: 'refused', code },
      ]);
    });

    it('pitfall 40: issues nothing while clocks differ', async () => {
      const world = await aWorld();
      const database = { ...world.database, now: async () => 0 };
      await expect(
        world
          .federation({ database })
          .sessions.issueStanding(ALICE, PAYROLL, request),
      ).rejects.toMatchObject({ code: 'clock-skew' });
    });
  });
});
