import { OutboxRow } from '../database/types';
import { OutboxLane } from './OutboxLane';

const messages = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `message-${index}`,
  })) as OutboxRow[];

/** A lane with so many places, before a database with so many messages. */
function aLane(concurrency: number, waiting: OutboxRow[]) {
  const handled: string[] = [];
  let claims = 0;
  const lane = new OutboxLane({
    concurrency,
    claim: async limit => {
      claims += 1;
      return waiting.splice(0, limit);
    },
    handle: async ({ id }) => {
      handled.push(id);
    },
  });
  const deliver = () => lane.deliver(new AbortController().signal);
  return { deliver, handled, claims: () => claims };
}

describe('OutboxLane', () => {
  it('asks the database once where it got less than it has room for', async () => {
    const { deliver, handled, claims } = aLane(4, messages(3));
    await deliver();
    expect(handled).toHaveLength(3);
    expect(claims()).toBe(1);
  });

  it('asks again until it got less', async () => {
    const { deliver, handled, claims } = aLane(2, messages(5));
    await deliver();
    expect(handled).toHaveLength(5);
    expect(claims()).toBeGreaterThan(1);
  });

  it('asks again where it was called meanwhile', async () => {
    const waiting = messages(1);
    const { deliver, handled } = aLane(4, waiting);
    const first = deliver();
    waiting.push(...messages(1));
    await Promise.all([first, deliver()]);
    expect(handled).toHaveLength(2);
  });

  it('I4: forgets no call, at whatever moment of the end of a run it comes', async () => {
    for (let turns = 0; turns < 30; turns++) {
      const waiting = messages(1);
      const { deliver, handled } = aLane(4, waiting);
      const first = deliver();
      for (let turn = 0; turn < turns; turn++) {
        await Promise.resolve();
      }
      waiting.push(...messages(1));
      await Promise.all([first, deliver()]);
      expect({ turns, handled: handled.length }).toEqual({ turns, handled: 2 });
    }
  });
});
