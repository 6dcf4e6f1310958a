// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';

/** One step of a run. What it does can also be a part of another step. */
export class LifeCommand implements fc.AsyncCommand<object, LifeWorld> {
  constructor(
    readonly words: string,
    readonly act: (world: LifeWorld) => Promise<void>,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_model: object, world: LifeWorld): Promise<void> {
    await world.run(this.words, () => this.act(world));
  }

  toString(): string {
    return this.words;
  }
}

/** Commands of one kind, from what is drawn for each. */
export function commandsOf<T>(
  name: string,
  drawn: fc.Arbitrary<T>,
  act: (world: LifeWorld, input: T) => Promise<void>,
): fc.Arbitrary<LifeCommand> {
  return drawn.map(
    input =>
      new LifeCommand(`${name} ${JSON.stringify(input)}`, world =>
        act(world, input),
      ),
  );
}
