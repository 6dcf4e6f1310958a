import {
  ActivitySourceUnderTest,
  idsIn,
  idsOf,
  patient,
  withSource,
} from '../ActivitySourceUnderTest';
import { Scene } from '../Scene';

/** Giving up (pitfall 21). */
export function interruptionCases(
  options: ActivitySourceUnderTest,
  scene: Scene,
): void {
  it('pitfall 21: does not begin where the caller has given up', () =>
    withSource(options, [scene.call()], async ({ source }) => {
      const signal = AbortSignal.abort(new Error('given up'));
      await expect(source.search(scene.query(), { signal })).rejects.toThrow(
        'given up',
      );
      await expect(source.searchUses(scene.uses(), { signal })).rejects.toThrow(
        'given up',
      );
    }));

  it('pitfall 21: stops when the caller gives up, and works again after it', () => {
    const wanted = [scene.call()];
    return withSource(options, wanted, async ({ source, settled }) => {
      const controller = new AbortController();
      const { signal } = controller;
      const searching = source.search(scene.query(), { signal });
      controller.abort(new Error('given up'));
      await expect(searching).rejects.toThrow('given up');
      await settled?.();
      const result = await source.search(scene.query(), patient());
      expect(idsIn(result)).toEqual(idsOf(wanted));
    });
  });
}
