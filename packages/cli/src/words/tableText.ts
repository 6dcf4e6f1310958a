import { inert } from '../frame/inert';

/** A table without lines, its cells {@link inert}. */
export async function tableText(
  head: string[],
  rows: unknown[][],
): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const none = Object.fromEntries(
    [
      ...['top', 'top-mid', 'top-left', 'top-right'],
      ...['bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
      ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
    ].map(name => [name, '']),
  );
  const table = new Table({
    head,
    chars: { ...none, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map(row => row.map(inert)));
  return table
    .toString()
    .split('\n')
    .map(text => text.trimEnd())
    .join('\n');
}
