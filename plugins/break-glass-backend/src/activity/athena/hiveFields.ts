/**
 * Names of all fields in a type of Hive, with dots: `struct<a:string,b:struct<c:int>>`
 * has `a`, `b` and `b.c`. What is in lists and maps is not a field.
 */
export function hiveFields(type: string): string[] {
  const text = type.replace(/\s/g, '').toLowerCase();
  const inner = /^struct<(.*)>$/.exec(text)?.[1];
  return inner === undefined
    ? []
    : partsOf(inner).flatMap(part => {
        const colon = part.indexOf(':');
        const name = part.slice(0, colon).replaceAll('`', '');
        const below = hiveFields(part.slice(colon + 1));
        return [name, ...below.map(field => `${name}.${field}`)];
      });
}

/** Splits at the commas that stand in no brackets. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '<' || character === '(') {
      depth += 1;
    } else if (character === '>' || character === ')') {
      depth -= 1;
    } else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
