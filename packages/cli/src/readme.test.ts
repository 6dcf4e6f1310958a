import { readFileSync } from 'node:fs';
import { commandsOf, optionsOf } from './completion/suggestions';
import { EXIT } from './exitCodes';
import { createProgram } from './program';
import { Terminal } from './testing/Terminal';

const text = readFileSync(require.resolve('../README.md'), 'utf8');

/** Cells of the table under a heading, without its head. */
function tableUnder(heading: string): string[][] {
  const [, below] = text.split(`\n## ${heading}\n`);
  return below
    .split('\n')
    .slice(
      0,
      below.split('\n').findIndex(line => /^```sh|^With/.test(line)),
    )
    .filter(line => line.startsWith('| '))
    .slice(2)
    .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()))
    .map(cells => cells.slice(1, -1));
}

describe('the README', () => {
  const terminal = new Terminal();
  afterAll(() => terminal.remove());
  const program = createProgram(terminal.context(), { quiet: true });

  it('has every exit code as a row', () => {
    const codes = tableUnder('Exit codes').map(([code]) => code);

    expect(codes).toEqual([...Object.values(EXIT).map(String), '128+', 'any']);
  });

  it('has every command as a row, and no option that it does not take', () => {
    const rows = tableUnder('Commands').map(([command, does]) => {
      const [, name] = /^`([a-z-]+)/.exec(command)!;
      return { name, options: does.match(/(?<=`)--[a-z-]+/g) ?? [] };
    });
    const commands = commandsOf(program).filter(each => each.name() !== 'help');

    expect(rows.map(({ name }) => name).sort()).toEqual(
      commands.map(each => each.name()).sort(),
    );
    for (const { name, options } of rows) {
      const command = commands.find(each => each.name() === name)!;
      const known = optionsOf(command).map(option => option.name);
      expect([name, ...known]).toEqual(
        expect.arrayContaining([name, ...options]),
      );
    }
  });

  it.each(['approve', 'reject'])(
    'says of %s with which option more time is decided on',
    name => {
      const rows = tableUnder('Commands');
      const [, does] = rows.find(([command]) =>
        command.startsWith(`\`${name}`),
      )!;

      expect(does).toContain('`--extension`');
    },
  );
});
