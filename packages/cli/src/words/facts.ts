/** Facts as lines, their names in a column; one with several values continues below itself. Without values it is left out. */
export function factLines(facts: Array<[string, string | string[]]>): string {
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .map((text, index) => `${(index ? '' : name).padEnd(width)}${text}`),
    )
    .join('\n');
}
