import type { ErrorCode } from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import type { Context } from '../Context';
import { EXIT, ExitCode } from '../exitCodes';
import { commandHint } from './commandHint';
import { inert, repeated } from './inert';

/** An error in words, and what the shell is told. */
export interface ErrorWords {
  message: string;
  exitCode: ExitCode;
  code?: ErrorCode;
}

/** Codes of the API that say more than the status of the answer. */
const EXIT_BY_CODE: Partial<Record<ErrorCode, ExitCode>> = {
  'no-active-lease': EXIT.noLease,
  'person-unknown': EXIT.refused,
  'rate-limited': EXIT.unavailable,
  'catalog-unavailable': EXIT.unavailable,
  'aws-unavailable': EXIT.unavailable,
  'log-source-unavailable': EXIT.unavailable,
  'clock-skew': EXIT.unavailable,
};

/** The part of `ResponseError` that is looked at; told by its name, as several copies of its package may be there. */
interface AnsweredError {
  name: 'ResponseError';
  statusCode: number;
  body?: { error?: { message?: unknown; code?: unknown } };
}

/** Says what went wrong. Only what the portal wrote for people is repeated, never a stack or a request. */
export function describeError(
  context: Pick<Context, 'env'>,
  error: unknown,
): ErrorWords {
  if (error instanceof CliError) {
    return {
      message: inert(error.message),
      exitCode: error.exitCode,
      code: error.code,
    };
  }
  if (isAnswered(error)) {
    return describeAnswer(context, error);
  }
  const { name } = Object(error) as { name?: unknown };
  if (name === 'ExitPromptError' || name === 'AbortPromptError') {
    return { message: 'Stopped; nothing was sent.', exitCode: EXIT.failed };
  }
  if (name === 'ZodError') {
    return {
      message:
        'The portal answered something that this version does not understand. Install the version of break-glass that fits it.',
      exitCode: EXIT.failed,
    };
  }
  return {
    message:
      'Something unexpected happened. Set BREAK_GLASS_DEBUG=1 and try again to see where.',
    exitCode: EXIT.failed,
  };
}

function isAnswered(error: unknown): error is AnsweredError {
  const { name, statusCode } = Object(error) as Partial<AnsweredError>;
  return name === 'ResponseError' && typeof statusCode === 'number';
}

function describeAnswer(
  context: Pick<Context, 'env'>,
  { statusCode, body }: AnsweredError,
): ErrorWords {
  const code = body?.error?.code as ErrorCode | undefined;
  const message = body?.error?.message;
  const words = {
    exitCode:
      (code && Object.hasOwn(EXIT_BY_CODE, code) && EXIT_BY_CODE[code]) ||
      exitOfStatus(statusCode),
    ...(typeof code === 'string' && { code }),
  };
  if (statusCode === 401) {
    return {
      ...words,
      message: `The portal does not take this sign-in any more. Run: ${commandHint(
        context,
        'login',
      )}`,
    };
  }
  if (statusCode === 404 && !code) {
    return {
      ...words,
      message: `Nothing answers for Break Glass at this portal. Check its address with: ${commandHint(
        context,
        'doctor',
      )}`,
    };
  }
  return {
    ...words,
    message: message
      ? repeated(message)
      : `The portal answered with ${statusCode} and no reason.`,
  };
}

function exitOfStatus(status: number): ExitCode {
  if (status === 400) return EXIT.usage;
  if (status === 401) return EXIT.notSignedIn;
  if ([429, 502, 503, 504].includes(status)) return EXIT.unavailable;
  return status >= 500 ? EXIT.failed : EXIT.refused;
}
