import { RawCloudTrailRecord } from './activitySource';
import { member, text } from './recordMembers';
import { REDACTED, redactText } from './redactText';
import { isEnvironmentName, isSecretName } from './secretNames';

/** Deeper than any record of CloudTrail; what lies below is cut. */
const DEEPEST = 64;

/** Members whose name says nothing, and that are secrets in one call: where they are, by event. */
const SECRET_MEMBERS = new Map([
  ['ssm.amazonaws.com PutParameter', [['requestParameters', 'value']]],
  [
    'appsync.amazonaws.com CreateApiKey',
    [['responseElements', 'apiKey', 'id']],
  ],
  [
    'apigateway.amazonaws.com CreateApiKey',
    [
      ['responseElements', 'value'],
      ['requestParameters', 'value'],
      ['requestParameters', 'createApiKeyInput', 'value'],
    ],
  ],
]);

/**
 * A copy of a record without secrets. Comes before anything else that is done
 * with a record: before it is stored, hashed, shown or compared. What was
 * redacted before stays as it is.
 */
export function redact(record: RawCloudTrailRecord): Record<string, unknown> {
  const source = text(record, 'eventSource');
  const paths = SECRET_MEMBERS.get(`${source} ${text(record, 'eventName')}`);
  return (paths ?? []).reduce(without, redactObject(record, 0));
}

/** The same with one member replaced, where it is there. */
function without(
  value: Record<string, unknown>,
  [name, ...rest]: string[],
): Record<string, unknown> {
  const inside = member(value, name);
  if (inside === undefined || inside === null) {
    return value;
  }
  if (rest.length === 0) {
    return { ...value, [name]: REDACTED };
  }
  return typeof inside === 'object'
    ? { ...value, [name]: without(inside as Record<string, unknown>, rest) }
    : value;
}

function redactObject(value: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [
      name,
      redactMember(name, content, depth + 1),
    ]),
  );
}

function redactMember(name: string, content: unknown, depth: number): unknown {
  if (isSecretName(name) && content !== null && typeof content !== 'boolean') {
    return REDACTED;
  }
  const redacted = redactValue(content, depth);
  return isEnvironmentName(name) && Array.isArray(redacted)
    ? redacted.map(withoutSetting)
    : redacted;
}

/** A setting of a program keeps its name alone. */
function withoutSetting(item: unknown): unknown {
  return typeof item === 'object' && item !== null && !Array.isArray(item)
    ? without(item as Record<string, unknown>, ['value'])
    : item;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return redactText(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > DEEPEST) {
    return 'CUT: nested too deeply';
  }
  return Array.isArray(value)
    ? value.map(item => redactValue(item, depth + 1))
    : redactObject(value, depth);
}
