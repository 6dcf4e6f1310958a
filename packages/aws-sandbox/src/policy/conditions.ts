import { Condition } from './policyDocument';
import { RequestContext } from './RequestContext';
import { matchesArn, matchesWildcard } from './wildcard';

/** `unknown` means that the sandbox cannot tell: an Allow must not count, a Deny must. */
export type Answer = 'yes' | 'no' | 'unknown';

type Test = (given: string, wanted: string) => boolean | undefined;

interface Operator {
  test: Test;
  /** A negated operator holds when no value matches, and when the key is absent. */
  negated: boolean;
}

function instant(text: string): number | undefined {
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) * 1000 : undefined;
  const time = seconds ?? Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function dateTest(compare: (a: number, b: number) => boolean): Test {
  return (given, wanted) => {
    const a = instant(given);
    const b = instant(wanted);
    return a === undefined || b === undefined ? undefined : compare(a, b);
  };
}

const equals: Test = (given, wanted) => given === wanted;
const like: Test = (given, wanted) => matchesWildcard(wanted, given);
const arn: Test = (given, wanted) => matchesArn(wanted, given);
const equalsIgnoringCase: Test = (given, wanted) =>
  given.toLowerCase() === wanted.toLowerCase();

const OPERATORS: Record<string, Operator> = {
  StringEquals: { test: equals, negated: false },
  StringNotEquals: { test: equals, negated: true },
  StringEqualsIgnoreCase: { test: equalsIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { test: equalsIgnoringCase, negated: true },
  StringLike: { test: like, negated: false },
  StringNotLike: { test: like, negated: true },
  ArnEquals: { test: arn, negated: false },
  ArnLike: { test: arn, negated: false },
  ArnNotEquals: { test: arn, negated: true },
  ArnNotLike: { test: arn, negated: true },
  Bool: { test: equalsIgnoringCase, negated: false },
  DateEquals: { test: dateTest((a, b) => a === b), negated: false },
  DateNotEquals: { test: dateTest((a, b) => a === b), negated: true },
  DateGreaterThan: { test: dateTest((a, b) => a > b), negated: false },
  DateGreaterThanEquals: { test: dateTest((a, b) => a >= b), negated: false },
  DateLessThan: { test: dateTest((a, b) => a < b), negated: false },
  DateLessThanEquals: { test: dateTest((a, b) => a <= b), negated: false },
};

const MULTI_VALUED = new Set(['aws:tagkeys', 'sts:transitivetagkeys']);

/** Replaces `${key}`, `${*}`, `${?}` and `${$}`; undefined when a variable has no single value. */
function substitute(text: string, context: RequestContext): string | undefined {
  let resolved = true;
  const out = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name === '*' || name === '?' || name === '$') return name;
    const values = context.get(name.trim().toLowerCase());
    if (values?.length !== 1) resolved = false;
    return values?.[0] ?? '';
  });
  return resolved ? out : undefined;
}

/**
 * Fills the policy variables of a list of patterns; undefined when one of them cannot be filled,
 * for then nobody can say what the statement is about.
 */
export function fillVariables(
  patterns: string[],
  context: RequestContext,
): string[] | undefined {
  const filled = patterns.map(pattern => substitute(pattern, context));
  return filled.some(pattern => pattern === undefined)
    ? undefined
    : (filled as string[]);
}

function testNull(condition: Condition, context: RequestContext): Answer {
  const absent = context.get(condition.key) === undefined;
  const wanted = condition.values.map(value => value.toLowerCase());
  if (wanted.some(value => value !== 'true' && value !== 'false')) {
    return 'unknown';
  }
  return wanted.includes(String(absent)) ? 'yes' : 'no';
}

function matchesAny(
  operator: Operator,
  given: string,
  wanted: string[],
): Answer {
  const results = wanted.map(value => operator.test(given, value));
  if (results.includes(undefined)) return 'unknown';
  return results.includes(true) !== operator.negated ? 'yes' : 'no';
}

function combine(answers: Answer[], quantifier: 'any' | 'all'): Answer {
  if (answers.includes('unknown')) return 'unknown';
  const holds =
    quantifier === 'any'
      ? answers.includes('yes')
      : answers.every(answer => answer === 'yes');
  return holds ? 'yes' : 'no';
}

interface ParsedOperator {
  name: string;
  ifExists: boolean;
  quantifier?: 'any' | 'all';
}

function parseOperator(text: string): ParsedOperator {
  const match = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/.exec(text)!;
  const quantifiers = {
    'ForAnyValue:': 'any',
    'ForAllValues:': 'all',
  } as const;
  return {
    name: match[2],
    ifExists: match[3] !== undefined,
    quantifier: quantifiers[match[1] as keyof typeof quantifiers],
  };
}

/** Whether one condition holds for a call. */
export function testCondition(
  condition: Condition,
  context: RequestContext,
): Answer {
  if (!context.isKnown(condition.key)) return 'unknown';
  if (condition.operator === 'Null') return testNull(condition, context);
  const { name, ifExists, quantifier } = parseOperator(condition.operator);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) return 'unknown';
  if (MULTI_VALUED.has(condition.key) && !quantifier) return 'unknown';
  const given = context.get(condition.key);
  if (given === undefined) {
    const holds = ifExists || quantifier === 'all' || operator.negated;
    return holds && quantifier !== 'any' ? 'yes' : 'no';
  }
  const wanted = fillVariables(condition.values, context);
  if (!wanted) return 'unknown';
  return combine(
    given.map(value => matchesAny(operator, value, wanted)),
    quantifier ?? 'all',
  );
}
