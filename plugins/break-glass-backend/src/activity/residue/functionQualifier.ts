import { Call } from './Call';

/** A version or alias behind a function's name, in an ARN or alone. */
const BEHIND_NAME = /(?:^|:function:)[^:]+:([^:]+)$/;

/** The version or alias of a function that a call is about; empty for the function itself. */
export function qualifierOf(call: Call): string {
  const name = call.text('functionName') ?? '';
  return call.text('qualifier') ?? BEHIND_NAME.exec(name)?.[1] ?? '';
}
