import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { aLease, NOW } from '../testing/aLease';
import { refusal, stubSession } from '../testing/stubSession';
import { Terminal } from '../testing/Terminal';
import { awaitDecision } from './awaitDecision';

const LEASE = `GET /v1/leases/${aLease().id}`;
const away = () => new CliError('away', EXIT.unavailable);
const terminal = new Terminal({ now: () => NOW });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
afterAll(() => terminal.remove());

async function wait(answers: unknown[]) {
  const { session, sent } = stubSession({ [LEASE]: answers });
  const { client } = await session();
  const context = terminal.context();
  const waiting = awaitDecision(context, client, aLease());
  const settled = waiting.catch(error => error);
  return { sent, settled };
}

describe('waiting for a decision', () => {
  it('pitfall 21: looks less and less often, never in a loop', async () => {
    const { sent, settled } = await wait([
      ...Array(40).fill(aLease()),
      aLease({ status: 'active', version: 2 }),
    ]);

    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.length).toBeLessThan(9);
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(sent.length).toBeLessThan(9 + 21);
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(await settled).toMatchObject({ status: 'active' });
  });

  it.each(['active', 'scheduled', 'rejected', 'cancelled', 'lapsed'] as const)(
    'ends when it is %s',
    async status => {
      const { settled } = await wait([
        aLease(),
        aLease({ status, version: 2 }),
      ]);

      await jest.advanceTimersByTimeAsync(60_000);

      expect(await settled).toMatchObject({ status });
    },
  );

  it('outlives a portal that is away for a while', async () => {
    const { settled } = await wait([
      away(),
      refusal(503, 'Starting', 'catalog-unavailable'),
      aLease({ status: 'active', version: 2 }),
    ]);

    await jest.advanceTimersByTimeAsync(60_000);

    expect(await settled).toMatchObject({ status: 'active' });
  });

  it('gives up on one that stays away, and at once where it is refused', async () => {
    const gone = await wait([away()]);
    await jest.advanceTimersByTimeAsync(20 * 60_000);
    expect(await gone.settled).toMatchObject({ exitCode: EXIT.unavailable });
    expect(gone.sent).toHaveLength(20);

    const refused = await wait([refusal(403, 'No', 'not-permitted')]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await refused.settled).toMatchObject({ statusCode: 403 });
    expect(refused.sent).toHaveLength(1);
  });
});
