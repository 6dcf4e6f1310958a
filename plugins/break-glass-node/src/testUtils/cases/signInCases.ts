import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import { ACCOUNT_ID, delivered, DeliveredRecord, ROLE_ARN } from '../records';
import { EMERGENCY_USER_ARN, Scene } from '../Scene';
import {
  aConsoleLoginRecord,
  aFailedConsoleLoginRecord,
  aSwitchRoleRecord,
} from '../signInRecords';

const OTHER_ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/DBBreakGlassAdmin`;
const OTHER_USER = `arn:aws:iam::${ACCOUNT_ID}:user/alice`;
const ROOT = `arn:aws:iam::${ACCOUNT_ID}:root`;

/** Uses of roles and users, whoever made them: in the console. */
export function signInCases(
  options: ActivitySourceUnderTest,
  scene: Scene,
): void {
  const { at } = scene;
  const expectOnly = async (
    wanted: DeliveredRecord[],
    others: DeliveredRecord[],
    query = scene.uses(),
  ) =>
    withSource(options, [...others, ...wanted], async ({ source }) => {
      const result = await source.searchUses(query, patient());
      expect(idsIn(result)).toEqual(idsOf(wanted));
    });
  const login = (userArn: string) =>
    delivered(aConsoleLoginRecord({ at, userArn }));

  it('uses: finds the sign-ins of an emergency user, refused ones too', () =>
    expectOnly(
      [
        login(EMERGENCY_USER_ARN),
        delivered(
          aFailedConsoleLoginRecord({ at, userArn: EMERGENCY_USER_ARN }),
        ),
      ],
      [
        login(OTHER_USER),
        login(`${EMERGENCY_USER_ARN}2`),
        delivered(aFailedConsoleLoginRecord({ at, userArn: OTHER_USER })),
      ],
    ));

  it('uses: finds the sign-ins of an account’s root', () =>
    expectOnly(
      [login(ROOT)],
      [login(OTHER_USER), login('arn:aws:iam::222233334444:root')],
      scene.uses({ userArns: [ROOT] }),
    ));

  it('uses: finds the refused sign-ins of an account’s root', () => {
    const refused = (userArn: string) =>
      delivered(aFailedConsoleLoginRecord({ at, userArn }));
    return expectOnly(
      [refused(ROOT)],
      [refused(OTHER_USER), refused('arn:aws:iam::222233334444:root')],
      scene.uses({ userArns: [ROOT] }),
    );
  });

  it('uses: finds sign-ins into a role', () =>
    expectOnly(
      [delivered(aConsoleLoginRecord({ at, sessionName: 'mallory' }))],
      [delivered(aConsoleLoginRecord({ at, roleArn: OTHER_ROLE }))],
    ));

  it('uses: finds a switch into a role, by anybody', () =>
    expectOnly(
      [delivered(aSwitchRoleRecord({ at, userArn: OTHER_USER }))],
      [
        delivered(
          aSwitchRoleRecord({
            at,
            userArn: OTHER_USER,
            roleArn: OTHER_ROLE,
          }),
        ),
      ],
      scene.uses({ roleArns: [ROLE_ARN], userArns: [] }),
    ));

  it('uses: finds a switch by an emergency user, into anything', () =>
    expectOnly(
      [
        delivered(
          aSwitchRoleRecord({
            at,
            userArn: EMERGENCY_USER_ARN,
            roleArn: OTHER_ROLE,
          }),
        ),
      ],
      [
        delivered(
          aSwitchRoleRecord({
            at,
            userArn: `${EMERGENCY_USER_ARN}2`,
            roleArn: OTHER_ROLE,
          }),
        ),
      ],
    ));
}
