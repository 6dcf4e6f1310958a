import { mockServices } from '@backstage/backend-test-utils';
import { ActivitySource } from 'backstage-plugin-break-glass-node';
import { aLog } from './activity/athena/testing/aLog';
import { BROKER_CREDENTIALS } from './activity/athena/testing/SandboxAthena';
import { chooseActivitySource, warnWhereUnreadable } from './activitySource';
import { FakeClock } from './testing/FakeClock';

const ofModule = { id: 'duckdb' } as ActivitySource;
const choose = (given: { athena?: boolean; ofModule?: ActivitySource }) =>
  chooseActivitySource({
    athena: given.athena ? [aLog()] : undefined,
    ofModule: given.ofModule,
    credentials: BROKER_CREDENTIALS,
    clock: new FakeClock(),
  });

describe('where activity is read from', () => {
  it('is Athena where it is configured', () => {
    const { source, closeSource } = choose({ athena: true });
    closeSource();
    expect(source.id).toBe('athena');
  });

  it('is what a module brought where it is not', () => {
    expect(choose({ ofModule }).source).toBe(ofModule);
  });

  it('is never two places, and both are named', () => {
    expect(() => choose({ athena: true, ofModule })).toThrow(
      'athena, by breakGlass.activity.athena, and duckdb, by a module',
    );
  });

  it('is never nowhere, and both ways out are named', () => {
    expect(() => choose({})).toThrow(
      /breakGlass.activity.athena, or install a module/,
    );
  });
});

describe('the look at the start', () => {
  const warnings = async (probe: ActivitySource['probe']) => {
    const logger = mockServices.logger.mock();
    await warnWhereUnreadable({ ...ofModule, probe }, logger);
    return logger.warn.mock.calls.map(([words]) => words);
  };

  it('warns with the words of the source', async () => {
    const words = 'The workgroup is disabled: enable it.';
    expect(await warnings(async () => ({ ok: false, words }))).toEqual([
      `The logs cannot be read as they should: ${words}`,
    ]);
  });

  it('is silent where all is well', async () => {
    expect(await warnings(async () => ({ ok: true, words: 'Fine.' }))).toEqual(
      [],
    );
  });

  it('warns where even looking failed', async () => {
    const failing = async () => {
      throw new Error('no network');
    };
    expect(await warnings(failing)).toEqual([
      'The logs could not be looked at: Error: no network',
    ]);
  });
});
