import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import { aDataEventRecord, delivered, DeliveredRecord } from '../records';
import { Scene, SESSION_NAME } from '../Scene';

/** A source says how it looked, and what it cannot see. */
export function coverageCases(
  options: ActivitySourceUnderTest,
  scene: Scene,
): void {
  const coverageOf = async (records: DeliveredRecord[]) =>
    withSource(options, records, async ({ source }) => {
      const { coverage } = await source.search(scene.query(), patient());
      return coverage;
    });
  const dataEvent = () =>
    delivered(aDataEventRecord({ at: scene.at, sessionName: SESSION_NAME }));

  it('names the regions that delivered anything for the account, once each', async () => {
    const { regions, unreadable } = await coverageOf([
      scene.call({ region: 'us-east-1' }),
      scene.call({ region: 'eu-central-1', sessionName: 'mary' }),
      scene.call({ region: 'eu-central-1' }),
    ]);
    expect(regions).toEqual(['eu-central-1', 'us-east-1']);
    expect(unreadable).toEqual([]);
  });

  it('names no region where nothing was delivered', async () => {
    const coverage = await coverageOf([]);
    expect(coverage).toMatchObject({
      regions: [],
      trailRunningAtEnd: false,
      unreadable: [],
    });
  });

  it('does not claim that the trail ran on where nothing later was delivered', async () => {
    const { trailRunningAtEnd } = await coverageOf([scene.call()]);
    expect(trailRunningAtEnd).toBe(false);
  });

  if (options.trailRunningAtEnd !== false) {
    it('says that the trail ran on where anybody’s record at the end was delivered', async () => {
      const later = { at: scene.query().to, sessionName: 'mary' };
      const { trailRunningAtEnd } = await coverageOf([scene.call(later)]);
      expect(trailRunningAtEnd).toBe(true);
    });
  }

  if (options.dataEvents === false) {
    it('does not know of data events, and says so', async () => {
      const { dataEvents, blindSpots } = await coverageOf([dataEvent()]);
      expect(dataEvents).toBe('unknown');
      expect(blindSpots?.join(' ')).toContain('data events');
    });
  } else {
    it('finds data events, and says whether any were delivered', async () => {
      const wanted = dataEvent();
      await withSource(options, [wanted], async ({ source }) => {
        const result = await source.search(scene.query(), patient());
        expect(idsIn(result)).toEqual(idsOf([wanted]));
        expect(result.coverage.dataEvents).toBe('seen');
      });
      const without = await coverageOf([scene.call()]);
      expect(without.dataEvents).toBe('not-seen');
    });
  }

  if (options.bytesScanned !== false) {
    it('counts the bytes that it read', async () => {
      const { bytesScanned } = await coverageOf([scene.call()]);
      expect(bytesScanned).toBeGreaterThan(0);
    });
  }

  if (options.blindSpot) {
    it('says what it cannot see', async () => {
      const { blindSpots } = await coverageOf([scene.call()]);
      expect(blindSpots?.join(' ')).toMatch(options.blindSpot!);
    });
  }

  it('has a stable id, a title, and words on whether it can be read', () =>
    withSource(options, [scene.call()], async ({ source }) => {
      expect(source.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(source.title).not.toBe('');
      const { ok, words } = await source.probe();
      expect(words).toMatch(/^\S.*\.$/);
      expect(ok).toBe(true);
    }));
}
