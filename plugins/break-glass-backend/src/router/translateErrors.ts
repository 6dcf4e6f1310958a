import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';
import { codeOf, inputError } from '../errors';

/**
 * What people may read of an error: ours as they are, input that is no JSON in
 * words, and nothing of the inside of anything else, which goes to the log.
 */
export function translateErrors(logger: LoggerService): ErrorRequestHandler {
  return (error, _request, _response, next) => {
    if (codeOf(error) || isExpected(error)) {
      next(error);
      return;
    }
    if (error?.type === 'entity.parse.failed') {
      next(inputError('invalid-input', 'The body of the request is not JSON.'));
      return;
    }
    if (error?.type === 'entity.too.large') {
      next(
        inputError('invalid-input', 'The body of the request is too large.'),
      );
      return;
    }
    logger.error(
      `A request failed unexpectedly: ${
        isError(error)
          ? `${error.name}: ${error.message}`
          : 'no error was given'
      }`,
    );
    next(
      new Error(
        'Something went wrong inside the portal. Try again; if it stays, tell the platform team when it happened.',
      ),
    );
  };
}

const EXPECTED = new Set([
  'AuthenticationError',
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
]);

/** Errors of Backstage's own services carry their words to people already. */
function isExpected(error: unknown): boolean {
  return isError(error) && EXPECTED.has(error.name);
}
