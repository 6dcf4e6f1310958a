import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import { Scene } from '../Scene';

/** Texts that mean something to a database, a shell, a page or a table. */
const HOSTILE = [
  `x'; DROP TABLE records; --`,
  `x' OR '1'='1`,
  `x\\' OR true --`,
  `x''`,
  '?',
  '${path} $session $1 :name',
  'x"y`z\\',
  'line\nend\r\n\tand a tab',
  '名前 \u202e😀 é',
  '=HYPERLINK("x")',
];
/** With what cannot be in a session's name, because it ends the ARN's part. */
const HOSTILE_FIELDS = [...HOSTILE, '/* comment */ -- x', '</script><b>'];

/** Texts from people and from logs are data (pitfall 18). */
export function hostileCases(
  options: ActivitySourceUnderTest,
  scene: Scene,
): void {
  it.each(HOSTILE)('pitfall 18: %j is a value in a query', hostile => {
    const wanted = scene.call({ sessionName: hostile });
    const others = [scene.call(), scene.call({ sessionName: 'x' })];
    return withSource(options, [...others, wanted], async ({ source }) => {
      const query = scene.query({
        sessionName: hostile,
        roleArn: `arn:aws:iam::111122223333:role/${hostile}`,
        accessKeyIds: [hostile],
      });
      const result = await source.search(query, patient());
      expect(idsIn(result)).toEqual(idsOf([wanted]));
      const uses = await source.searchUses(
        scene.uses({
          roleArns: [query.roleArn],
          userArns: [`arn:aws:iam::111122223333:user/${hostile}`],
        }),
        patient(),
      );
      expect(idsIn(uses)).toEqual([]);
    });
  });

  it.each(['../../etc', `1' OR '1'='1`, '111122223333/x', ''])(
    'pitfall 18: refuses the account id %j',
    accountId =>
      withSource(options, [scene.call()], async ({ source }) => {
        await expect(
          source.search(scene.query({ accountId }), patient()),
        ).rejects.toThrow('12 digits');
        await expect(
          source.searchUses(scene.uses({ accountIds: [accountId] }), patient()),
        ).rejects.toThrow('12 digits');
      }),
  );

  it('pitfall 18: hands on hostile texts in every field as they were', () => {
    const wanted = HOSTILE_FIELDS.map(hostile =>
      scene.call({
        change: {
          sourceIPAddress: hostile,
          userAgent: hostile,
          errorCode: hostile,
          errorMessage: hostile,
          eventName: hostile,
          eventSource: hostile,
          requestID: hostile,
          requestParameters: {
            [`key ${hostile}`]: hostile,
            list: [{ deep: hostile }, [hostile], 1, true, null],
          },
          responseElements: {
            text: hostile,
            JSON: JSON.stringify({ hostile }),
          },
        },
      }),
    );
    return withSource(options, wanted, async ({ source }) => {
      const { records } = await source.search(scene.query(), patient());
      const found = new Map(records.map(each => [each.eventID, each]));
      for (const { record } of wanted) {
        expect(found.get(record.eventID)).toMatchObject(record);
      }
    });
  });
}
