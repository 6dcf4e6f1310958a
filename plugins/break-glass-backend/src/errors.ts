import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ErrorCode,
  errorCodeSchema,
} from 'backstage-plugin-break-glass-common';

type ErrorClass = new (message: string) => Error;

function coded(Class: ErrorClass) {
  return (code: ErrorCode, message: string): Error & { code: ErrorCode } =>
    Object.assign(new Class(message), { code });
}

/** 400: the input is wrong; the message says what to change. */
export const inputError = coded(InputError);
/** 401: nobody is signed in as a person. */
export const authenticationError = coded(AuthenticationError);
/** 403: the person may not do this; the message says why. */
export const notAllowedError = coded(NotAllowedError);
/** 404: there is no such thing, or none that the person may see. */
export const notFoundError = coded(NotFoundError);
/** 409: something changed meanwhile; the message says to what. */
export const conflictError = coded(ConflictError);
/** 503: something we depend on is down; nothing was changed. */
export const unavailableError = coded(ServiceUnavailableError);

/** The stable code of an error of ours; undefined for errors of others, which have codes of their own kind. */
export function codeOf(error: unknown): ErrorCode | undefined {
  return errorCodeSchema.safeParse((error as { code?: unknown })?.code).data;
}
