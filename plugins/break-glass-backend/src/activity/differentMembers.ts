/** Members that are named of one event; more say nothing more. */
const MOST = 20;

/**
 * Paths of the members in which two JSON values differ, such as
 * `requestParameters.keys[0]`: of objects and lists only what lies deepest.
 */
export function differentMembers(a: unknown, b: unknown): string[] {
  const found: string[] = [];
  compare(a, b, '', found);
  return found;
}

function compare(a: unknown, b: unknown, path: string, found: string[]): void {
  if (Object.is(a, b) || found.length >= MOST) {
    return;
  }
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
    found.push(path || '(all)');
    return;
  }
  const inList = Array.isArray(a);
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const step = inList ? `[${name}]` : `${path && '.'}${name}`;
    compare(own(a, name), own(b, name), `${path}${step}`, found);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.prototype.hasOwnProperty.call(value, name)
    ? value[name]
    : undefined;
}
