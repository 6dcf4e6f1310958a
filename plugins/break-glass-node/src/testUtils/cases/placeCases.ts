import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import { DeliveredRecord } from '../records';
import { Scene } from '../Scene';

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MANY = 1_200;

/** Where and when records are looked for, and that none is lost. */
export function placeCases(
  options: ActivitySourceUnderTest,
  scene: Scene,
): void {
  const expectOnly = async (
    wanted: DeliveredRecord[],
    others: DeliveredRecord[] = [],
  ) =>
    withSource(options, [...others, ...wanted], async ({ source }) => {
      const result = await source.search(scene.query(), patient());
      expect(idsIn(result)).toEqual(idsOf(wanted));
    });

  it('leaves out the log of another account', () =>
    expectOnly([scene.call()], [scene.call({ accountId: '222233334444' })]));

  it('takes records from the start of the query up to, not including, its end', () => {
    const { from, to } = scene.query();
    return expectOnly(
      [scene.call({ at: from }), scene.call({ at: to - SECOND })],
      [
        scene.call({ at: from - SECOND }),
        scene.call({ at: to }),
        scene.call({ at: from - 2 * DAY }),
      ],
    );
  });

  it('finds records of several regions, global services among them', () =>
    expectOnly([
      scene.call({ region: 'eu-central-1' }),
      scene.call({
        region: 'us-east-1',
        change: { eventSource: 'iam.amazonaws.com', eventName: 'GetUser' },
      }),
    ]));

  it('finds records that were filed under the next day, or the day before', () =>
    expectOnly([
      scene.call({}, { filedAt: scene.at + DAY }),
      scene.call({}, { filedAt: scene.at - DAY }),
    ]));

  it('pitfall 21: finds every record of more than one page', () => {
    const count = options.manyRecords ?? MANY;
    const step = Math.floor((1.8 * HOUR) / count / SECOND) * SECOND;
    const { from } = scene.query();
    return expectOnly(
      Array.from({ length: count }, (_, index) =>
        scene.call({ at: from + index * step }),
      ),
      [scene.call({ sessionName: 'mary' })],
    );
  });

  it('gives no more records than are wanted, and says that there are more', () => {
    const records = Array.from({ length: 12 }, () => scene.call());
    return withSource(options, records, async ({ source }) => {
      const look = (maxRecords: number) =>
        source.search({ ...scene.query(), maxRecords }, patient());
      const few = await look(5);
      expect(few.records).toHaveLength(5);
      expect(idsOf(records)).toEqual(expect.arrayContaining(idsIn(few)));
      expect(few.coverage.truncated).toBe(true);
      const all = await look(12);
      expect(idsIn(all)).toEqual(idsOf(records));
      expect(all.coverage.truncated ?? false).toBe(false);
    });
  });

  it('pitfall 21: nothing found is an answer', () =>
    expectOnly([], [scene.call({ sessionName: 'mary' })]));

  it('loses nothing where a record was delivered twice', () => {
    const first = scene.call();
    const again = { ...first, filedAt: first.filedAt + 10 * 60 * SECOND };
    return expectOnly([first, scene.call(), again]);
  });

  it('pitfall 19: finds records that arrived after the first look', () => {
    const early = scene.call();
    const late = [scene.call(), scene.call({}, { filedAt: scene.at + DAY })];
    return withSource(options, [early], async ({ source, deliver }) => {
      const first = await source.search(scene.query(), patient());
      expect(idsIn(first)).toEqual(idsOf([early]));
      await deliver(late);
      const second = await source.search(scene.query(), patient());
      expect(idsIn(second)).toEqual(idsOf([early, ...late]));
    });
  });
}
