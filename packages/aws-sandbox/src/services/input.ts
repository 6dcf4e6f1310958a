import { AwsError } from '../AwsError';
import { Input, InputValue } from '../wire/queryInput';

/** A ValidationError in the words of AWS's request validation. */
export function validationError(
  value: string,
  name: string,
  constraint: string,
): AwsError {
  const field = name[0].toLowerCase() + name.slice(1);
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** The limits of a text parameter. */
export interface TextRule {
  min?: number;
  max?: number;
  /** Anchored pattern and how AWS's message writes it. */
  pattern?: RegExp;
  shown?: string;
}

/** Checks a text against its limits. */
export function checkText(value: string, name: string, rule: TextRule): string {
  if (rule.min !== undefined && value.length < rule.min) {
    throw validationError(
      value,
      name,
      `have length greater than or equal to ${rule.min}`,
    );
  }
  if (rule.max !== undefined && value.length > rule.max) {
    throw validationError(
      value,
      name,
      `have length less than or equal to ${rule.max}`,
    );
  }
  if (rule.pattern && !rule.pattern.test(value)) {
    throw validationError(
      value,
      name,
      `satisfy regular expression pattern: ${
        rule.shown ?? rule.pattern.source
      }`,
    );
  }
  return value;
}

/** A text parameter, or undefined where the call has none. */
export function optionalText(
  input: Input,
  name: string,
  rule: TextRule = {},
): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') {
    throw new AwsError('ValidationError', `${name} must be a text`);
  }
  return checkText(String(value), name, rule);
}

/** A text parameter that must be there. */
export function requiredText(
  input: Input,
  name: string,
  rule: TextRule = {},
): string {
  const value = optionalText(input, name, rule);
  if (value === undefined || value === '') {
    const field = name[0].toLowerCase() + name.slice(1);
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value null at '${field}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}

/** A whole number, or undefined where the call has none. */
export function optionalInteger(
  input: Input,
  name: string,
  limits: { min: number; max: number },
): number | undefined {
  const text = optionalText(input, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^-?\d{1,10}$/.test(text)) {
    throw new AwsError('MalformedInput', `${name} must be a whole number`);
  }
  if (number < limits.min) {
    throw validationError(
      text,
      name,
      `have value greater than or equal to ${limits.min}`,
    );
  }
  if (number > limits.max) {
    throw validationError(
      text,
      name,
      `have value less than or equal to ${limits.max}`,
    );
  }
  return number;
}

/** A list parameter; empty where the call has none. */
export function list(input: Input, name: string): InputValue[] {
  const value = input[name];
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** A list of objects. */
export function objects(input: Input, name: string): Input[] {
  return list(input, name).map(entry => {
    if (typeof entry !== 'object' || Array.isArray(entry)) {
      throw new AwsError(
        'ValidationError',
        `${name} must be a list of objects`,
      );
    }
    return entry;
  });
}

/** The input as CloudTrail writes it: the first letter of every name in lower case. */
export function recordedInput(value: Input): Record<string, unknown> {
  const convert = (entry: InputValue): unknown => {
    if (Array.isArray(entry)) return entry.map(convert);
    return typeof entry === 'object' ? recordedInput(entry) : entry;
  };
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key[0].toLowerCase() + key.slice(1),
      convert(entry),
    ]),
  );
}
