import { AwsError } from '../AwsError';

/** What a call asks, as JSON: text, lists and objects. */
export type Input = { [key: string]: InputValue };
/** A value of an input. */
export type InputValue = string | number | boolean | InputValue[] | Input;

const MAX_PARAMETERS = 2_000;
const MAX_INDEX = 1_000;

interface Node {
  value?: string;
  children: Map<string, Node>;
}

function insert(root: Node, path: string[], value: string): void {
  let node = root;
  for (const part of path) {
    let child = node.children.get(part);
    if (!child) {
      child = { children: new Map() };
      node.children.set(part, child);
    }
    node = child;
  }
  node.value = value;
}

function toValue(node: Node): InputValue {
  if (node.children.size === 0) return node.value ?? '';
  const keys = [...node.children.keys()];
  if (keys.every(key => /^\d+$/.test(key))) {
    return keys
      .sort((a, b) => Number(a) - Number(b))
      .map(key => toValue(node.children.get(key)!));
  }
  return toObject(node);
}

function toObject(node: Node): Input {
  const out: Input = Object.create(null);
  for (const [key, child] of node.children) out[key] = toValue(child);
  return out;
}

/**
 * Turns parameters of the query protocol (`Tags.member.1.Key=…`, or EC2's `Filter.1.Value.1=…`) into nested values.
 * @throws AwsError `MalformedQueryString` when there are too many or they are nested beyond reason
 */
export function parseQueryInput(parameters: URLSearchParams): Input {
  const root: Node = { children: new Map() };
  let count = 0;
  for (const [name, value] of parameters) {
    count += 1;
    const path = name.split('.').filter(part => part !== 'member');
    const index = path.find(p => /^\d+$/.test(p) && Number(p) > MAX_INDEX);
    if (count > MAX_PARAMETERS || path.length > 10 || index !== undefined) {
      throw new AwsError(
        'MalformedQueryString',
        'The query string contains a syntax error',
        400,
      );
    }
    insert(root, path, value);
  }
  return toObject(root);
}
