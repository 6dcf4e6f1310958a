import { ActivityEventRow } from '../../database/types';
import { member } from '../cloudTrailRecord';

/** How far down in a request a name is looked for: EC2 wraps some, and answers nest. */
const DEEPEST = 3;

/** A call that succeeded, as residue looks at it. */
export class Call {
  readonly request: unknown;
  readonly response: unknown;

  constructor(
    readonly event: ActivityEventRow,
    /** Account that the call changed something in. */
    readonly accountId: string,
  ) {
    this.request = member(event.record, 'requestParameters');
    this.response = member(event.record, 'responseElements');
  }

  /** A text by its name in the request, else in the answer; whatever its case, also inside of another member. */
  text(name: string): string | undefined {
    const value =
      found(this.request, name.toLowerCase(), 0) ??
      found(this.response, name.toLowerCase(), 0);
    return typeof value === 'number' ? String(value) : (value as string);
  }

  /** All texts that stand under a name, in the request and in the answer. */
  texts(name: string): string[] {
    return [
      ...new Set([
        ...valuesUnder(this.request, name),
        ...valuesUnder(this.response, name),
      ]),
    ];
  }

  /** A member of the request, whatever it holds. */
  asked(...path: string[]): unknown {
    return member(this.request, ...path);
  }
}

/** The nearest text or number of a name: those further out first. */
function found(
  value: unknown,
  name: string,
  depth: number,
): string | number | undefined {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) {
    return undefined;
  }
  const entries = Object.entries(value);
  for (const [key, each] of entries) {
    const isPlain = typeof each === 'string' || typeof each === 'number';
    if (isPlain && each !== '' && key.toLowerCase() === name) {
      return each;
    }
  }
  for (const [, each] of entries) {
    const inside = found(each, name, depth + 1);
    if (inside !== undefined) {
      return inside;
    }
  }
  return undefined;
}

/** Lists of EC2 stand as `{items: [{name: value}]}`, of others as `[value]`. */
const LIST_DEPTH = 6;

/** Every text under a name, at any depth, in order: one that were left out here would never be asked about. */
export function valuesUnder(value: unknown, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  const take = (each: unknown) => {
    if (typeof each === 'string' && each !== '') {
      values.push(each);
    }
  };
  const walk = (each: unknown, depth: number) => {
    if (typeof each !== 'object' || each === null || depth > LIST_DEPTH) {
      return;
    }
    for (const [key, inside] of Object.entries(each)) {
      if (key.toLowerCase() === wanted) {
        [inside].flat().forEach(take);
      }
      walk(inside, depth + 1);
    }
  };
  walk(value, 0);
  return values;
}
