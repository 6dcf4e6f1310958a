import { conflictError, inputError, notAllowedError } from '../errors';

/** Codes that are conflicts with what happened, not a matter of who asks. */
const CONFLICTS = new Set([
  'already-decided',
  'wrong-status',
  'lapsed',
  'conflict',
  'issuing-stopped',
]);

/** The first reason of an explanation as the error that it is. */
export function refusalOf(code: string, message: string): Error {
  if (code === 'step-required') {
    return inputError(code, message);
  }
  return CONFLICTS.has(code)
    ? conflictError(code as never, message)
    : notAllowedError(code as never, message);
}
