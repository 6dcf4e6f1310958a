import { StatementConfig } from '../config/types';
import { asList, wildcard } from './actionPatterns';

/** A variable that is filled in later, by us or by AWS. */
const VARIABLE = /\$\{/;
const OPEN = /[*?]|\$\{/;
/** A variable that AWS fills in, such as `${aws:username}`; an escape such as `${*}` is none. */
const OF_AWS = /\$\{[^}]*:/;

/** What one entry of an Allow reaches. */
export interface Target {
  /** An upper bound: a pattern that matches all of it. */
  pattern: string;
  /** For pages. */
  words: string;
}

/** What an Allow reaches, by entry. */
export function targetsOf(allow: StatementConfig): Target[] {
  if (allow.NotResource === undefined) {
    return asList(allow.Resource).map(pattern => ({ pattern, words: pattern }));
  }
  if (asList(allow.NotResource).includes('*')) {
    return [];
  }
  const words = `everything but ${asList(allow.NotResource).join(' and ')}`;
  return [{ pattern: '*', words }];
}

/**
 * Whether resources of a statement hang on variables that AWS fills in. Where one of them has no value, the whole
 * statement may be invalid, as AWS documents, with every other resource that it names.
 */
export function hangsOnAws({
  Resource,
  NotResource,
}: StatementConfig): boolean {
  return [...asList(Resource), ...asList(NotResource)].some(pattern =>
    OF_AWS.test(pattern),
  );
}

/** Whether a Deny may reach some of what a pattern matches. Unsure is yes. */
export function mayReach(deny: StatementConfig, pattern: string): boolean {
  return deny.NotResource === undefined
    ? asList(deny.Resource).some(denied => !areApart(denied, pattern))
    : !asList(deny.NotResource).some(spared => covers(spared, pattern));
}

/** Whether a Deny reaches all that a pattern matches. Unsure is no. */
export function reachesAllOf(deny: StatementConfig, pattern: string): boolean {
  if (hangsOnAws(deny)) {
    return false;
  }
  return deny.NotResource === undefined
    ? asList(deny.Resource).some(denied => covers(denied, pattern))
    : asList(deny.NotResource).every(spared => areApart(spared, pattern));
}

function covers(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) {
    return true;
  }
  // In the narrow one, wildcards stand for any text: `?` does not match them all.
  const comparable =
    !VARIABLE.test(wide) && !(wide.includes('?') && OPEN.test(narrow));
  return comparable && matchesArn(wide, narrow);
}

/** Whether two patterns have nothing in common. Unsure is no. */
function areApart(one: string, other: string): boolean {
  if (VARIABLE.test(one + other)) {
    return false;
  }
  if (!OPEN.test(other)) {
    return !matchesArn(one, other);
  }
  if (!OPEN.test(one)) {
    return !matchesArn(other, one);
  }
  const [start, otherStart] = [fixedStart(one), fixedStart(other)];
  return !start.startsWith(otherStart) && !otherStart.startsWith(start);
}

function fixedStart(pattern: string): string {
  return pattern.split(/[*?]/)[0];
}

/** Part by part: a wildcard in one part of an ARN never reaches into the next. */
function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') {
    return true;
  }
  const [wanted, given] = [parts(pattern), parts(arn)];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => wildcard(part).test(given[index]))
  );
}

function parts(arn: string): string[] {
  const all = arn.split(':');
  return [...all.slice(0, 5), all.slice(5).join(':')];
}
