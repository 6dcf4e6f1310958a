import { SelfCheck } from './SelfCheck';
import { describeFederation } from './testing/describeFederation';
import { federationConfig } from './testing/federationConfig';
import { HandClock } from './testing/FederationWorld';

describe('SelfCheck', () => {
  const config = federationConfig('http://127.0.0.1:1');
  const clock = new HandClock();
  const check = (
    of: ConstructorParameters<typeof SelfCheck>[1]['of'],
    change: Partial<typeof config> = {},
  ) => new SelfCheck({ ...config, ...change }, { of }, clock).look();
  const brokers: Record<string, string> = {
    aws: '555566667777',
    'aws-us-gov': '888899990000',
  };

  it('is well when every partition knows its broker', async () => {
    const { ok, words } = await check(async partition => ({
      accountId: brokers[partition],
      serverTime: clock.now(),
    }));
    expect(ok).toBe(true);
    expect(words).toContain('555566667777');
    expect(words).toContain('888899990000');
  });

  it.each<[string, ConstructorParameters<typeof SelfCheck>[1]['of']]>([
    ['not to 888899990000', async () => ({ accountId: '555566667777' })],
    [
      'the clock of AWS STS differs by 31 s',
      async partition => ({
        accountId: brokers[partition],
        serverTime: clock.now() + 31_000,
      }),
    ],
    [
      'does not answer',
      async () => {
        throw new Error('AWS STS does not answer to the broker.');
      },
    ],
  ])('says: %s', async (words, of) => {
    const found = await check(of);
    expect(found.ok).toBe(false);
    expect(found.words).toContain(words);
  });

  it('is not well where nothing is configured to be checked', async () => {
    const of = async () => ({ accountId: '' });
    expect(await check(of, { partitions: {} })).toMatchObject({ ok: false });
    expect(await check(of, { defaultRegions: {} })).toMatchObject({
      ok: false,
      words: expect.stringContaining('breakGlass.partitions.aws.defaultRegion'),
    });
  });
});

describeFederation(aWorld => {
  it('asks AWS itself, as each partition’s own broker', async () => {
    const world = await aWorld();
    const { selfCheck } = world.federation();
    expect(await selfCheck.look()).toEqual({
      ok: true,
      words:
        'aws: the broker of 555566667777 answers. aws-us-gov: the broker of 888899990000 answers.',
    });
    world.sandbox.faults.inject({ effect: 'error' });
    expect(await selfCheck.look()).toMatchObject({
      ok: false,
      words: expect.stringContaining('does not answer to the broker'),
    });
  });
});
