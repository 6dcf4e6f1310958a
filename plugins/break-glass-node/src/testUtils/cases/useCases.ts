import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import {
  ACCOUNT_ID,
  anEventId,
  BROKER_ACCOUNT_ID,
  DeliveredRecord,
  delivered,
  ROLE_ARN,
} from '../records';
import { EMERGENCY_USER_ARN, Scene } from '../Scene';
import { aTokenRecord } from '../signInRecords';

/** Uses of roles and users, whoever made them: API calls. */
export function useCases(options: ActivitySourceUnderTest, scene: Scene): void {
  const expectOnly = async (
    wanted: DeliveredRecord[],
    others: DeliveredRecord[],
    query = scene.uses(),
  ) =>
    withSource(options, [...others, ...wanted], async ({ source }) => {
      const result = await source.searchUses(query, patient());
      expect(idsIn(result)).toEqual(idsOf(wanted));
    });

  it.each([
    'AssumeRole' as const,
    'AssumeRoleWithSAML' as const,
    'AssumeRoleWithWebIdentity' as const,
  ])('uses: finds an %s of a role by anybody', eventName =>
    expectOnly(
      [scene.assumeRole({ eventName, sessionName: 'mallory' })],
      [
        scene.assumeRole({ eventName, roleArn: `${ROLE_ARN}2` }),
        scene.assumeRole({
          eventName,
          roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/BreakGlassAdmin`,
        }),
        scene.call(),
        scene.call({ change: { requestParameters: { roleArn: ROLE_ARN } } }),
      ],
    ),
  );

  it('uses: finds them for each of several roles and accounts, in the time asked for', () => {
    const second = 'arn:aws:iam::222233334444:role/break-glass/Operator';
    const there = { accountId: '222233334444', roleArn: second };
    const { from, to } = scene.uses();
    return expectOnly(
      [scene.assumeRole({ at: from }), scene.assumeRole(there)],
      [
        scene.assumeRole({ at: to }),
        scene.assumeRole({ at: from - 1_000 }),
        scene.assumeRole({
          accountId: '333344445555',
          roleArn: 'arn:aws:iam::333344445555:role/break-glass/Operator',
        }),
      ],
      scene.uses({
        accountIds: [ACCOUNT_ID, '222233334444'],
        roleArns: [ROLE_ARN, second],
      }),
    );
  });

  it('uses: finds both records of a cross-account AssumeRole', () => {
    const sharedEventID = anEventId();
    return expectOnly(
      [
        scene.assumeRole({ change: { sharedEventID } }),
        scene.assumeRole({
          accountId: BROKER_ACCOUNT_ID,
          change: { sharedEventID },
        }),
      ],
      [],
    );
  });

  it('uses: finds what an emergency user assumed, whatever role it was', () => {
    const roleArn = `arn:aws:iam::${ACCOUNT_ID}:role/SomethingElse`;
    return expectOnly(
      [scene.assumeRole({ roleArn, callerArn: EMERGENCY_USER_ARN })],
      [
        scene.assumeRole({ roleArn, callerArn: `${EMERGENCY_USER_ARN}0` }),
        scene.assumeRole({
          roleArn,
          callerArn: EMERGENCY_USER_ARN.replace('emergency/', ''),
        }),
      ],
    );
  });

  it.each(['GetSessionToken' as const, 'GetFederationToken' as const])(
    'uses: finds a %s of an emergency user',
    eventName => {
      const token = (userArn: string) =>
        delivered(aTokenRecord({ at: scene.at, userArn, eventName }));
      return expectOnly(
        [token(EMERGENCY_USER_ARN)],
        [token(`${EMERGENCY_USER_ARN}2`)],
      );
    },
  );

  it('uses: pitfall 21: finds nothing where nothing is asked for', () =>
    expectOnly(
      [],
      [scene.assumeRole()],
      scene.uses({ roleArns: [], userArns: [] }),
    ));

  it('uses: says how it looked', () =>
    withSource(options, [scene.assumeRole()], async ({ source }) => {
      const { coverage } = await source.searchUses(scene.uses(), patient());
      expect(coverage).toMatchObject({
        regions: ['eu-central-1'],
        unreadable: [],
      });
    }));
}
