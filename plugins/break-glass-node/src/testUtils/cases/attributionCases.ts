import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import { DeliveredRecord, ROLE_ARN } from '../records';
import { RECORDED_KEY_ID, Scene, SESSION_NAME } from '../Scene';

/** Whose records are found: by exact names, source identity and keys. */
export function attributionCases(
  options: ActivitySourceUnderTest,
  scene: Scene,
): void {
  const expectOnly = async (
    wanted: DeliveredRecord[],
    others: DeliveredRecord[],
    query = scene.query(),
  ) =>
    withSource(options, [...others, ...wanted], async ({ source }) => {
      const result = await source.search(query, patient());
      expect(idsIn(result)).toEqual(idsOf(wanted));
    });

  it('finds the calls of a session by its whole name', () =>
    expectOnly(
      [scene.call(), scene.call()],
      [
        scene.call({ sessionName: 'mary@01K6F000000000000000000000' }),
        scene.call({ change: { userIdentity: { type: 'AWSService' } } }),
      ],
    ));

  it('pitfall 17: bob is not bob2, and not xbob', () =>
    expectOnly(
      [scene.call({ sessionName: 'bob' })],
      ['bob2', 'xbob', 'bob@x', 'BOB', 'bo'].map(sessionName =>
        scene.call({ sessionName }),
      ),
      scene.query({ sessionName: 'bob', accessKeyIds: [] }),
    ));

  it.each(['a_b', 'a%', '%_', 'a+b=c,d.e-f@g'])(
    'pitfall 17: %s in a name stands for itself',
    sessionName =>
      expectOnly(
        [scene.call({ sessionName })],
        ['axb', 'abc', 'a', 'ab', `${sessionName}x`].map(other =>
          scene.call({ sessionName: other }),
        ),
        scene.query({ sessionName, accessKeyIds: [] }),
      ),
  );

  if (options.sourceIdentity !== false) {
    it('pitfall 20: finds calls under another role by the whole source identity', () => {
      const chained = (sourceIdentity: string) =>
        scene.call({ sessionName: 'pipeline', sourceIdentity });
      return expectOnly(
        [chained(SESSION_NAME)],
        [chained(`${SESSION_NAME}2`), chained(`x${SESSION_NAME}`)],
      );
    });
  }

  it('pitfall 17: finds an AssumeRole by role and name; Admin is not DBAdmin', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/Admin';
    return expectOnly(
      [scene.assumeRole({ roleArn })],
      [
        scene.assumeRole({ roleArn: 'arn:aws:iam::111122223333:role/DBAdmin' }),
        scene.assumeRole({ roleArn: `${roleArn}2` }),
        scene.assumeRole({ roleArn, sessionName: `${SESSION_NAME}2` }),
      ],
      scene.query({ roleArn }),
    );
  });

  it.each([
    'AssumeRoleWithSAML' as const,
    'AssumeRoleWithWebIdentity' as const,
  ])(
    'pitfall 38: finds an %s by role and name: a stranger may come by it',
    eventName =>
      expectOnly(
        [scene.assumeRole({ eventName })],
        [
          scene.assumeRole({ eventName, roleArn: `${ROLE_ARN}2` }),
          scene.assumeRole({ eventName, sessionName: `${SESSION_NAME}2` }),
        ],
      ),
  );

  it('finds an AssumeRole by a key that was recorded, whatever its name', () =>
    expectOnly(
      [
        scene.assumeRole({
          sessionName: 'another',
          issuedKeyId: RECORDED_KEY_ID,
        }),
      ],
      [
        scene.assumeRole({
          sessionName: 'another',
          issuedKeyId: `${RECORDED_KEY_ID.slice(0, -1)}2`,
        }),
        scene.assumeRole({
          sessionName: 'another',
          change: {
            errorCode: 'AccessDenied',
            requestParameters: null,
            responseElements: null,
          },
        }),
      ],
    ));

  it('hands on an AssumeRole with all that proves the session', () =>
    withSource(
      options,
      [scene.assumeRole({ issuedKeyId: RECORDED_KEY_ID })],
      async ({ source }) => {
        const { records } = await source.search(scene.query(), patient());
        expect(records).toMatchObject([
          {
            eventName: 'AssumeRole',
            requestParameters: {
              roleArn: ROLE_ARN,
              roleSessionName: SESSION_NAME,
              durationSeconds: 3600,
            },
            responseElements: { credentials: { accessKeyId: RECORDED_KEY_ID } },
          },
        ]);
      },
    ));
}
