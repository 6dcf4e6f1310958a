import { member } from './cloudTrailRecord';

/** Deeper than any policy in a request. */
const DEEPEST = 12;
/** Principals of one request that are looked at. */
const MOST = 1_000;

/** Stands for whoever asks. */
export const EVERYBODY = '*';

/**
 * The principals that policies somewhere in a value allow something, as they
 * are written: {@link EVERYBODY}, account ids, ARNs, names of services. Policies
 * may stand as JSON or as text that holds JSON. An allowing statement without a
 * principal (of an identity's own policy) names nobody.
 */
export function grantees(value: unknown): string[] {
  const found = new Set<string>();
  gather(value, 0, found);
  return [...found].sort();
}

function gather(value: unknown, depth: number, found: Set<string>): void {
  if (depth > DEEPEST || found.size >= MOST) {
    return;
  }
  if (typeof value === 'string') {
    parsedForms(value).forEach(form => gather(form, depth + 1, found));
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const effect = ofName(value, 'Effect');
  if (typeof effect === 'string' && effect.toLowerCase() === 'allow') {
    principalsOf(value).forEach(principal => found.add(principal));
  }
  Object.values(value).forEach(each => gather(each, depth + 1, found));
}

/** Who an allowing statement names. One that allows all but somebody allows everybody else. */
function principalsOf(statement: object): string[] {
  if (ofName(statement, 'NotPrincipal') !== undefined) {
    return [EVERYBODY];
  }
  const principal = ofName(statement, 'Principal');
  const named =
    typeof principal === 'object' && principal !== null
      ? Object.values(principal).flat()
      : [principal];
  return named.filter((each): each is string => typeof each === 'string');
}

/** A member whatever its case: what is not read here may still be read by AWS. */
function ofName(value: object, name: string): unknown {
  const key = Object.keys(value).find(
    each => each.toLowerCase() === name.toLowerCase(),
  );
  return key === undefined ? undefined : member(value, key);
}

/** What a text holds as JSON, also where it was encoded for a URL, as IAM's answers are. */
function parsedForms(text: string): unknown[] {
  const plain = /^\s*%7B/i.test(text) ? decoded(text) : text;
  if (!/^\s*[{[]/.test(plain)) {
    return [];
  }
  try {
    return [JSON.parse(plain)];
  } catch {
    return [];
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const ACCOUNT_ITSELF = /^(?:arn:[a-z-]+:iam::)?([0-9]{12})(?::root)?$/;

/** Whether a principal is an account as a whole, which leaves the choice to that account's own policies. */
export function isAccount(principal: string, accountId: string): boolean {
  return ACCOUNT_ITSELF.exec(principal)?.[1] === accountId;
}

/** Whether a value holds a policy that allows something to everybody. */
export function opensToEverybody(value: unknown): boolean {
  return grantees(value).some(
    principal =>
      principal === EVERYBODY || /^arn:[^:]*:iam::\*/.test(principal),
  );
}
