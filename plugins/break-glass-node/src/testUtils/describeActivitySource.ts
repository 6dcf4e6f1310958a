import { ActivitySourceUnderTest } from './ActivitySourceUnderTest';
import { attributionCases } from './cases/attributionCases';
import { coverageCases } from './cases/coverageCases';
import { hostileCases } from './cases/hostileCases';
import { interruptionCases } from './cases/interruptionCases';
import { placeCases } from './cases/placeCases';
import { signInCases } from './cases/signInCases';
import { useCases } from './cases/useCases';
import { Scene } from './Scene';

const DEFAULT_AT = Date.parse('2026-10-01T11:00:00Z');

/**
 * Declares the tests that every {@link ActivitySource} passes, for jest. What a
 * source cannot do by its nature is said in the options, and is then expected to
 * be said by the source, too.
 */
export function describeActivitySource(
  name: string,
  options: ActivitySourceUnderTest,
): void {
  describe(`${name} keeps the contract of activity sources`, () => {
    const scene = new Scene(options.at ?? DEFAULT_AT);
    for (const cases of [
      attributionCases,
      placeCases,
      hostileCases,
      interruptionCases,
      coverageCases,
      useCases,
      signInCases,
    ]) {
      cases(options, scene);
    }
  });
}
