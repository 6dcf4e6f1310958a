import { CloudTrailRecord, member } from './cloudTrailRecord';

/** Deeper than any policy in a request. */
const DEEPEST = 12;

/** Whether a request carries a policy, as JSON or as text, that allows something to everybody. */
export function opensToEverybody(record: CloudTrailRecord): boolean {
  return holdsOpenStatement(member(record, 'requestParameters'), 0);
}

function holdsOpenStatement(value: unknown, depth: number): boolean {
  if (depth > DEEPEST) {
    return false;
  }
  if (typeof value === 'string') {
    return (
      value.includes('Principal') &&
      holdsOpenStatement(parsed(value), depth + 1)
    );
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return (
    (member(value, 'Effect') === 'Allow' &&
      isEverybody(member(value, 'Principal'))) ||
    Object.values(value).some(each => holdsOpenStatement(each, depth + 1))
  );
}

function isEverybody(principal: unknown): boolean {
  const named = member(principal, 'AWS') ?? principal;
  return [named].flat().includes('*');
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
